import type { ApiClient } from '../session/api-client.js';
import type { MeetingState } from '../session/meeting-state.js';
import { RecordingList } from './recording-list.js';
import { useRecordings } from './use-recordings.js';

export const RecordingsPanel = ({
  meeting,
  api,
}: {
  readonly meeting: MeetingState;
  readonly api: ApiClient;
}) => {
  // Looked at again whenever a recording begins or ends.
  const recordings = useRecordings(
    api,
    meeting.meetingId,
    meeting.recordingsStopped * 2 + (meeting.isRecording ? 1 : 0),
  );
  return (
    <div className="recordings">
      {recordings.length === 0 ? (
        <p className="panel-empty">This meeting has no recordings yet.</p>
      ) : (
        <RecordingList recordings={recordings} />
      )}
    </div>
  );
};
