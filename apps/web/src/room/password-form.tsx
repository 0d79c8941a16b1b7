import { type FormEvent, useState } from 'react';
import { MAX_PASSWORD_LENGTH } from '../session/security-policy.js';
import { IconButton } from '../ui/icon-button.js';
import { DescribedField } from './described-field.js';

interface Props {
  readonly problem: string | undefined;
  readonly onSave: (password: string) => Promise<void>;
  readonly onCancel: () => void;
}

/** A new password is typed. What was typed stays until it is saved. */
export const PasswordForm = ({ problem, onSave, onCancel }: Props) => {
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setMissing(password === '');
    if (busy || password === '') return;
    setBusy(true);
    await onSave(password);
    setBusy(false);
  };

  return (
    <form onSubmit={event => void save(event)} noValidate>
      <DescribedField
        label="New password"
        hint="It counts from the moment it is saved. Those who are in stay."
        problem={missing ? 'Type a password first.' : problem}
      >
        {control => (
          <div className="field-row">
            <input
              {...control}
              type={shown ? 'text' : 'password'}
              maxLength={MAX_PASSWORD_LENGTH}
              autoComplete="new-password"
              autoCapitalize="none"
              spellCheck={false}
              autoFocus
              data-testid="policy-password"
              value={password}
              onChange={event => {
                setPassword(event.target.value);
                setMissing(false);
              }}
            />
            <IconButton
              icon="eye"
              label="Show the password"
              hint={shown ? 'Hide the password' : 'Show the password'}
              tone="quiet"
              className="field-button"
              aria-pressed={shown}
              onClick={() => setShown(!shown)}
            />
          </div>
        )}
      </DescribedField>
      <div className="button-row">
        <button type="button" className="button button-small" onClick={onCancel}>
          Cancel
        </button>
        <button
          type="submit"
          className="button button-small button-primary"
          data-testid="save-password"
          aria-busy={busy}
        >
          Save the password
        </button>
      </div>
    </form>
  );
};
