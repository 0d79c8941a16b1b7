import { useEffect, useRef } from 'react';
import { explainError } from '../session/explain-error.js';
import type { MeetingSession } from '../session/meeting-session.js';
import { shownPolicy } from '../session/policy-state.js';
import { IconButton } from '../ui/icon-button.js';
import { Spinner } from '../ui/spinner.js';
import { useStore } from '../ui/use-store.js';
import { PolicyBlocked } from './policy-blocked.js';
import { PolicyDomains } from './policy-domains.js';
import { DEVICES, DOOR } from './policy-fields.js';
import { PolicyLimit } from './policy-limit.js';
import { PolicyPassword } from './policy-password.js';
import { PolicyPermissions } from './policy-permissions.js';
import type { PolicyProps } from './policy-props.js';
import { PolicySwitches } from './policy-switches.js';

interface Props {
  readonly session: MeetingSession;
  readonly onClose: () => void;
}

const OUTCOMES = { none: '', saved: 'Saved', refused: 'Not saved' } as const;

/** What is allowed in the meeting. Every change takes effect at once, for those who are in, too. Co-hosts look on. */
export const SecurityDialog = ({ session, onClose }: Props) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const state = useStore(session.policy.state);
  const meeting = useStore(session.meeting);
  const isHost = meeting.role === 'host';
  useEffect(() => {
    dialog.current?.showModal();
    void session.policy.open();
  }, [session]);

  /** Whoever closed the dialog before the answer still hears that it did not work. */
  const worked = async (refusal: Promise<unknown>): Promise<boolean> => {
    const error = await refusal;
    if (error !== undefined && !dialog.current?.open) session.notify(explainError(error), 'problem');
    return error === undefined;
  };
  const policy = shownPolicy(state);
  const props: PolicyProps | undefined = policy && {
    policy,
    problems: state.problems,
    change: changes => worked(session.policy.change(changes)),
    edit: (field, edit) => worked(session.policy.edit(field, edit)),
  };

  return (
    <dialog
      ref={dialog}
      className="dialog security-dialog"
      aria-labelledby="security-title"
      onClose={onClose}
    >
      <header className="panel-header">
        <h2 id="security-title">Security</h2>
        <span className="security-status" role="status" data-testid="security-status">
          {state.asked.length > 0 ? 'Saving…' : OUTCOMES[state.last ?? 'none']}
        </span>
        <IconButton icon="close" label="Close" tone="quiet" onClick={() => dialog.current?.close()} />
      </header>
      {props ? (
        <div className="security" data-testid="security-dialog">
          <p className="muted">
            {isHost ? 'Changes count at once, for everybody.' : 'Only the host can change this.'}
          </p>
          <fieldset className="security-group" disabled={!isHost}>
            <legend>Who can join</legend>
            <PolicySwitches {...props} fields={DOOR} />
            <PolicyPassword {...props} />
            <PolicyLimit {...props} here={meeting.participants.length} />
            <PolicyDomains {...props} />
            <PolicyBlocked {...props} meeting={meeting} />
          </fieldset>
          <fieldset className="security-group" disabled={!isHost}>
            <legend>What people can do</legend>
            <PolicyPermissions {...props} />
            <PolicySwitches {...props} fields={DEVICES} />
          </fieldset>
        </div>
      ) : state.failure === undefined ? (
        <p className="security muted" role="status">
          <Spinner /> Looking…
        </p>
      ) : (
        <div className="security">
          <p className="note note-problem" role="alert">
            {state.failure}
          </p>
          <button type="button" className="button" onClick={() => void session.policy.open()}>
            Try again
          </button>
        </div>
      )}
    </dialog>
  );
};
