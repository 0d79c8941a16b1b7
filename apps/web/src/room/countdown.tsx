import { Icon } from '../ui/icon.js';
import { formatDuration } from './format-duration.js';
import { useRemaining } from './use-remaining.js';

/** How long it is until a moment, as `2:03`. */
export const Countdown = ({ until }: { readonly until: string }) => {
  const seconds = useRemaining(until);
  return (
    <span className="countdown" role="timer" data-testid="breakout-countdown">
      <Icon name="clock" />
      {formatDuration(seconds ?? 0)}
    </span>
  );
};
