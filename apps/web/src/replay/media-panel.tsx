import type { ParticipantOfMoment } from '#libs/domain';
import type { PanelProps } from './panel-props.js';

type Source = ParticipantOfMoment['producers'][number]['source'];
const SOURCES: readonly (readonly [Source, string, string])[] = [
  ['microphone', 'microphone', 'microphones'],
  ['camera', 'camera', 'cameras'],
  ['screen', 'screen', 'screens'],
  ['screen-audio', 'screen sound', 'screen sounds'],
];

/** Where the meeting's media ran, and what was sent to it. */
export const MediaPanel = ({ moment: { meeting, participants }, changes }: PanelProps) => {
  const sent = participants.flatMap(({ producers }) => producers.map(({ source }) => source));
  const counts = SOURCES.map(([source, one, many]) => {
    const count = sent.filter(other => other === source).length;
    return count > 0 ? `${count} ${count === 1 ? one : many}` : undefined;
  }).filter(Boolean);
  if (meeting.mediaWorkerId === undefined) return <p className="replay-empty">No media worker yet.</p>;
  return (
    <dl className="replay-facts">
      <dt>Worker</dt>
      <dd data-testid="replay-worker" data-new={changes.mediaWorker}>
        {meeting.mediaWorkerId}
      </dd>
      <dt>Sent to it</dt>
      <dd>{counts.length > 0 ? counts.join(', ') : 'nothing'}</dd>
    </dl>
  );
};
