import { Icon } from '../ui/icon.js';
import { inviteUrl } from './invite.js';

/** Shown while nobody else is there: how to change that. */
export const AloneCard = ({
  linkRef,
  onInvite,
}: {
  readonly linkRef: string;
  readonly onInvite: () => void;
}) => (
  <div className="alone card">
    <h2>You are the only one here</h2>
    <p className="muted">Send this link to whom you want to meet.</p>
    <p className="alone-link">{inviteUrl(linkRef).replace(/^https?:\/\//, '')}</p>
    <button type="button" className="button button-primary" onClick={onInvite}>
      <Icon name="link" /> Copy link
    </button>
  </div>
);
