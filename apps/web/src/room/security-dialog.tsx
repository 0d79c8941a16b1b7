import { useEffect, useRef, useState } from 'react';
import { explainError } from '../session/explain-error.js';
import type { MeetingSession } from '../session/meeting-session.js';
import type { PolicyChanges, PolicyPermission, SecurityPolicy } from '../session/security-policy.js';
import { IconButton } from '../ui/icon-button.js';
import { Spinner } from '../ui/spinner.js';
import { Switch } from './switch.js';

interface Props {
  readonly session: MeetingSession;
  readonly onClose: () => void;
}

type Flag = {
  readonly [Key in keyof SecurityPolicy]: SecurityPolicy[Key] extends boolean ? Key : never;
}[keyof SecurityPolicy];
type Choice = Exclude<keyof SecurityPolicy, Flag>;

const FLAGS: readonly { readonly key: Flag; readonly label: string; readonly hint?: string }[] = [
  { key: 'lock_meeting', label: 'Lock the meeting', hint: 'Nobody else comes in' },
  { key: 'require_waiting_room', label: 'Waiting room', hint: 'Who comes waits until you let them in' },
  { key: 'allow_anonymous_join', label: 'Guests may join', hint: 'People without an account' },
  { key: 'mute_on_entry', label: 'Mute everybody who comes in' },
  { key: 'disable_camera', label: 'Cameras off', hint: 'Except for host and co-hosts' },
];
const CHOICES: readonly { readonly key: Choice; readonly label: string }[] = [
  { key: 'chat_permissions', label: 'Who may write in the chat' },
  { key: 'screen_share_permissions', label: 'Who may share a screen' },
  { key: 'recording_permissions', label: 'Who may record' },
];
const WHO: readonly { readonly value: PolicyPermission; readonly label: string }[] = [
  { value: 'all', label: 'Everybody' },
  { value: 'host', label: 'Host and co-hosts' },
  { value: 'none', label: 'Nobody' },
];

/** What is allowed in the meeting. Every change takes effect at once, for those who are in, too. */
export const SecurityDialog = ({ session, onClose }: Props) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const [policy, setPolicy] = useState<SecurityPolicy>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    dialog.current?.showModal();
    session.api.policy().then(setPolicy, (error: unknown) => setProblem(explainError(error)));
  }, [session]);

  const change = async (changes: PolicyChanges) => {
    if (!policy) return;
    setPolicy({ ...policy, ...changes });
    setProblem(undefined);
    try {
      await session.api.applyPolicy(changes);
    } catch (error) {
      setPolicy(policy);
      setProblem(explainError(error));
    }
  };

  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="security-title" onClose={onClose}>
      <header className="panel-header">
        <h2 id="security-title">Security</h2>
        <IconButton icon="close" label="Close" tone="quiet" onClick={() => dialog.current?.close()} />
      </header>
      {problem === undefined ? null : (
        <p className="note note-problem" role="alert">
          {problem}
        </p>
      )}
      {policy ? (
        <div className="security" data-testid="security-dialog">
          {FLAGS.map(({ key, label, hint }) => (
            <Switch
              key={key}
              label={label}
              hint={hint}
              on={policy[key]}
              testId={`policy-${key}`}
              onChange={on => void change({ [key]: on })}
            />
          ))}
          {CHOICES.map(({ key, label }) => (
            <label key={key} className="field">
              <span>{label}</span>
              <select
                value={policy[key]}
                data-testid={`policy-${key}`}
                onChange={event => void change({ [key]: event.target.value as PolicyPermission })}
              >
                {WHO.map(({ value, label: who }) => (
                  <option key={value} value={value}>
                    {who}
                  </option>
                ))}
              </select>
            </label>
          ))}
        </div>
      ) : problem === undefined ? (
        <p className="muted">
          <Spinner /> Looking…
        </p>
      ) : null}
    </dialog>
  );
};
