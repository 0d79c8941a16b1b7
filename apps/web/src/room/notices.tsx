import { useEffect } from 'react';
import type { MeetingSession } from '../session/meeting-session.js';
import type { Notice } from '../session/meeting-state.js';
import { IconButton } from '../ui/icon-button.js';

const SHOWN_MS = { info: 4_500, problem: 9_000 } as const;

const NoticeCard = ({
  notice,
  dismiss,
}: {
  readonly notice: Notice;
  readonly dismiss: (id: number) => void;
}) => {
  useEffect(() => {
    const timer = setTimeout(() => dismiss(notice.id), SHOWN_MS[notice.tone]);
    return () => clearTimeout(timer);
  }, [notice.id]);
  return (
    <li className="notice" data-tone={notice.tone}>
      <span>{notice.text}</span>
      {notice.tone === 'problem' ? (
        <IconButton icon="close" label="Dismiss" tone="quiet" onClick={() => dismiss(notice.id)} />
      ) : null}
    </li>
  );
};

/** What happens in passing. */
export const Notices = ({
  session,
  notices,
}: {
  readonly session: MeetingSession;
  readonly notices: readonly Notice[];
}) => (
  <ul className="notices" role="status" aria-live="polite" data-testid="notices">
    {notices.map(notice => (
      <NoticeCard key={notice.id} notice={notice} dismiss={id => session.dismissNotice(id)} />
    ))}
  </ul>
);
