import type { ButtonHTMLAttributes } from 'react';
import { Icon, type IconName } from './icon.js';

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly icon: IconName;
  /** What it is for, read aloud; for a switch the same in both positions. */
  readonly label: string;
  /** What a click does now, shown on hovering. */
  readonly hint?: string;
  readonly tone?: 'plain' | 'off' | 'on' | 'danger' | 'quiet';
  /** Why it cannot be used now; a click says so. */
  readonly blocked?: string;
  /** A number to show on it, such as of unread messages. */
  readonly count?: number;
}

export const IconButton = ({
  icon,
  label,
  blocked,
  hint = blocked ?? label,
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
    aria-disabled={blocked !== undefined || undefined}
    aria-description={blocked}
    title={hint}
    {...rest}
  >
    <Icon name={icon} />
    {count > 0 ? <span className="count">{count > 99 ? '99+' : count}</span> : null}
  </button>
);
