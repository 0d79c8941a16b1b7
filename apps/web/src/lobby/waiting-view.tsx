import { useEffect } from 'react';
import type { MeetingSession } from '../session/meeting-session.js';
import { selfOf } from '../session/meeting-state.js';
import { Logo } from '../ui/logo.js';
import { Spinner } from '../ui/spinner.js';
import { useStore } from '../ui/use-store.js';
import { CameraPreview } from './camera-preview.js';

/** In the waiting room, until a host opens the door. */
export const WaitingView = ({
  session,
  title,
}: {
  readonly session: MeetingSession;
  readonly title: string;
}) => {
  const meeting = useStore(session.meeting);
  useEffect(() => {
    document.title = `Waiting · ${title}`;
  }, [title]);
  return (
    <div className="lobby">
      <header className="home-header">
        <Logo />
      </header>
      <main className="lobby-main" data-testid="waiting-room">
        <CameraPreview local={session.local} name={selfOf(meeting)?.display_name ?? ''} />
        <div className="lobby-form">
          <div role="status">
            <p className="eyebrow">
              <Spinner /> Waiting room
            </p>
            <h1 className="lobby-title">The host will let you in soon</h1>
            <p className="muted">
              {meeting.link === 'reconnecting'
                ? 'The connection is interrupted; you keep your place. Reconnecting…'
                : `You have knocked at “${title}”. This page opens by itself when you are let in.`}
            </p>
          </div>
          <button
            type="button"
            className="button"
            data-testid="leave-button"
            onClick={() => void session.leave()}
          >
            Stop waiting
          </button>
        </div>
      </main>
    </div>
  );
};
