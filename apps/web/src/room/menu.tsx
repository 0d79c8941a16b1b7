import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { IconButton } from '../ui/icon-button.js';
import { Icon, type IconName } from '../ui/icon.js';

export interface MenuEntry {
  readonly key: string;
  readonly icon: IconName;
  readonly label: string;
  readonly testId?: string;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly onSelect: () => void;
}

/** A button that opens a list of further actions (WAI-ARIA menu button pattern). */
export const Menu = ({
  entries,
  count = 0,
}: {
  readonly entries: readonly MenuEntry[];
  readonly count?: number;
}) => {
  const [open, setOpen] = useState(false);
  const frame = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!open) return;
    frame.current?.querySelector<HTMLElement>('[role="menuitem"]:not(:disabled)')?.focus();
    const outside = (event: PointerEvent) => {
      if (!frame.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [open]);

  const close = () => {
    setOpen(false);
    frame.current?.querySelector<HTMLElement>('[aria-haspopup]')?.focus();
  };
  const moved = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      close();
      return;
    }
    if (event.key === 'Tab') setOpen(false);
    const items = [
      ...(frame.current?.querySelectorAll<HTMLElement>('[role="menuitem"]:not(:disabled)') ?? []),
    ];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    items.at(to % items.length)?.focus();
  };

  return (
    <div ref={frame} className="menu" onKeyDown={open ? moved : undefined}>
      <IconButton
        icon="more"
        label="More"
        count={count}
        data-testid="more-button"
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      />
      {open ? (
        <div className="menu-list" role="menu" aria-label="More">
          {entries.map(({ key, icon, label, testId, danger, disabled, onSelect }) => (
            <button
              key={key}
              type="button"
              role="menuitem"
              className="menu-entry"
              data-danger={danger}
              data-testid={testId}
              disabled={disabled}
              onClick={() => {
                close();
                onSelect();
              }}
            >
              <Icon name={icon} />
              {label}
            </button>
          ))}
        </div>
      ) : null}
    </div>
  );
};
