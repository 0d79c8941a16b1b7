import type { MeetingSession } from '../session/meeting-session.js';
import { useStore } from '../ui/use-store.js';
import { BreakoutForm } from './breakout-form.js';
import { BreakoutOverview } from './breakout-overview.js';

/** Opens breakout rooms, and shows who is where while they are open. */
export const BreakoutPanel = ({ session }: { readonly session: MeetingSession }) => {
  const meeting = useStore(session.meeting);
  const { breakout } = meeting;
  if (breakout) return <BreakoutOverview session={session} meeting={meeting} breakout={breakout} />;
  if (meeting.role === 'host') return <BreakoutForm session={session} meeting={meeting} />;
  return <p className="panel-empty">There are no breakout rooms now.</p>;
};
