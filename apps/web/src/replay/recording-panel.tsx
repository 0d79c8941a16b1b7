import type { RecordingOfMoment } from '#libs/domain';
import type { PanelProps } from './panel-props.js';
import { offsetText } from './time-text.js';

const stateOf = ({ status, startedAt, stoppedAt, percent }: RecordingOfMoment, time: number): string => {
  const length = Date.parse(stoppedAt ?? '') || time;
  const lasted = startedAt === undefined ? '' : offsetText(length - Date.parse(startedAt));
  switch (status) {
    case 'recording':
      return `Recording for ${lasted}`;
    case 'processing':
      return `Being processed: ${percent} %`;
    case 'completed':
      return `Ready, ${lasted} long`;
    default:
      return status === 'failed' ? 'Failed' : 'Not begun';
  }
};

/** Every recording so far and how far it has come. */
export const RecordingPanel = ({ moment: { meeting, recordings }, changes, time }: PanelProps) => {
  // The meeting knows of a recording before the recording's own stream begins.
  const begun = recordings.some(({ recordingId }) => recordingId === meeting.recordingId);
  if (recordings.length === 0 && !meeting.isRecording)
    return <p className="replay-empty">Nothing is recorded.</p>;
  return (
    <ul className="replay-recordings">
      {meeting.isRecording && !begun ? (
        <li data-testid="replay-recording" data-new>
          <span className="recording-state recording-live">Recording begins</span>
        </li>
      ) : null}
      {recordings.map(recording => (
        <li
          key={recording.recordingId}
          data-testid="replay-recording"
          data-new={changes.recordings.has(recording.recordingId)}
        >
          <span
            className={`recording-state${recording.status === 'recording' ? ' recording-live' : ''}${recording.status === 'failed' ? ' recording-failed' : ''}`}
          >
            {stateOf(recording, time)}
          </span>
          <small className="muted">
            {recording.tracks} {recording.tracks === 1 ? 'track' : 'tracks'}
          </small>
        </li>
      ))}
    </ul>
  );
};
