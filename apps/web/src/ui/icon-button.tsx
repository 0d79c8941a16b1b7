import type { ButtonHTMLAttributes } from 'react';
import { Icon, type IconName } from './icon.js';

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly icon: IconName;
  /** What it is for, read aloud; for a switch the same in both positions. */
  readonly label: string;
  /** What a click does now, shown on hovering. */
  readonly hint?: string;
  readonly tone?: 'plain' | 'off' | 'on' | 'danger' | 'quiet';
  /** A number to show on it, such as of unread messages. */
  readonly count?: number;
}

export const IconButton = ({
  icon,
  label,
  hint = label,
  tone = 'plain',
  count = 0,
  className = '',
  ...rest
}: Props) => (
  <button
    type="button"
    className={`icon-button ${className}`}
    data-tone={tone}
    aria-label={count > 0 ? `${label} (${count})` : label}
    title={hint}
    {...rest}
  >
    <Icon name={icon} />
    {count > 0 ? <span className="count">{count > 99 ? '99+' : count}</span> : null}
  </button>
);
