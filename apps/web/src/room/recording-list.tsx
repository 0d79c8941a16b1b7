import type { Recording } from '../session/api-client.js';
import { Icon } from '../ui/icon.js';
import { formatDuration } from './format-duration.js';

const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

const Progress = ({ recording }: { readonly recording: Recording }) => {
  const percent = recording.processing_percent ?? 0;
  switch (recording.processing_status) {
    case 'recording':
      return <p className="recording-state recording-live">Recording now</p>;
    case 'processing':
      return (
        <p className="recording-state">
          <progress max={100} value={percent} aria-label="Progress" />
          <span>Preparing, {percent} %</span>
        </p>
      );
    case 'failed':
      return <p className="recording-state recording-failed">Could not be prepared</p>;
    case 'completed':
      return (
        <p className="recording-state">
          {recording.duration_seconds === null ? 'Ready' : formatDuration(recording.duration_seconds)}
        </p>
      );
  }
};

export const RecordingList = ({ recordings }: { readonly recordings: readonly Recording[] }) => (
  <ul className="recording-list">
    {recordings.map(recording => (
      <li
        key={recording.recording_id}
        className="recording"
        data-testid="recording"
        data-status={recording.processing_status}
      >
        {recording.thumbnail_url ? (
          <img src={recording.thumbnail_url} alt="" className="recording-picture" loading="lazy" />
        ) : (
          <span className="recording-picture">
            <Icon name="film" />
          </span>
        )}
        <div className="recording-text">
          <p className="recording-title">{recording.title}</p>
          <p className="muted">{moment.format(new Date(recording.created_at))}</p>
          <Progress recording={recording} />
        </div>
        {recording.download_url ? (
          <a
            className="button button-small"
            href={recording.download_url}
            download
            data-testid="recording-download"
            aria-label={`Download ${recording.title}`}
          >
            <Icon name="download" /> Download
          </a>
        ) : null}
      </li>
    ))}
  </ul>
);
