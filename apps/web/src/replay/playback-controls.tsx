import { IconButton } from '../ui/icon-button.js';
import { type Speed, SPEEDS } from './player.js';

interface Props {
  readonly playing: boolean;
  readonly speed: Speed;
  readonly following: boolean;
  /** Whether there may be something to follow. */
  readonly goesOn: boolean;
  readonly onStart: () => void;
  readonly onStep: (by: 1 | -1) => void;
  readonly onPlay: () => void;
  readonly onEnd: () => void;
  readonly onSpeed: (speed: Speed) => void;
  readonly onFollow: () => void;
}

export const PlaybackControls = (props: Props) => {
  const { playing, speed, following, goesOn, onStart, onStep, onPlay, onEnd, onSpeed, onFollow } = props;
  return (
    <div className="replay-controls">
      <div className="replay-buttons" role="group" aria-label="Playback">
        <IconButton icon="to-start" label="To the start" tone="quiet" onClick={onStart} />
        <IconButton icon="step-back" label="Previous event" tone="quiet" onClick={() => onStep(-1)} />
        <IconButton
          icon={playing ? 'pause' : 'play'}
          label={playing ? 'Pause' : 'Play'}
          tone="on"
          data-testid="replay-play"
          onClick={onPlay}
        />
        <IconButton icon="step-on" label="Next event" tone="quiet" onClick={() => onStep(1)} />
        <IconButton icon="to-end" label="To the end" tone="quiet" onClick={onEnd} />
      </div>
      <fieldset className="replay-speeds">
        <legend className="visually-hidden">Speed</legend>
        {SPEEDS.map(one => (
          <label key={one}>
            <input
              type="radio"
              name="replay-speed"
              value={one}
              checked={one === speed}
              onChange={() => onSpeed(one)}
            />
            <span>{one}×</span>
          </label>
        ))}
      </fieldset>
      {goesOn ? (
        <button
          type="button"
          className="button button-small replay-live"
          aria-pressed={following}
          data-testid="replay-live"
          onClick={onFollow}
        >
          Live
        </button>
      ) : null}
    </div>
  );
};
