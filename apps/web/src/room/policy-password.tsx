import { useRef, useState } from 'react';
import { PasswordForm } from './password-form.js';
import type { PolicyProps } from './policy-props.js';
import { Switch } from './switch.js';

/** Whether a password is needed, and a new one. The one there is is never shown: the server does not tell it. */
export const PolicyPassword = ({ policy, problems, change }: PolicyProps) => {
  const [typing, setTyping] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const { require_password: required } = policy;
  const problem = problems.require_password;

  const done = () => {
    setTyping(false);
    frame.current?.querySelector('input')?.focus();
  };
  const switched = (on: boolean) => {
    setTyping(on);
    if (!on && required) void change({ require_password: false });
  };
  const save = async (password: string) => {
    if (await change({ password, require_password: true })) done();
  };

  return (
    <div ref={frame} className="policy-password">
      <Switch
        label="Password"
        hint={
          required
            ? 'Whoever joins has to type it. It is not shown here.'
            : 'Whoever joins has to type it. Tell it to them yourself.'
        }
        on={required || typing}
        problem={typing ? undefined : problem}
        testId="policy-require_password"
        onChange={switched}
      />
      {typing ? (
        <PasswordForm problem={problem} onSave={save} onCancel={done} />
      ) : required ? (
        <button
          type="button"
          className="button button-small"
          data-testid="new-password"
          onClick={() => setTyping(true)}
        >
          Set a new password
        </button>
      ) : null}
    </div>
  );
};
