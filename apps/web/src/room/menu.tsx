import {
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import { IconButton } from '../ui/icon-button.js';
import { Icon, type IconName } from '../ui/icon.js';

export interface MenuEntry {
  readonly key: string;
  readonly icon: IconName;
  readonly label: string;
  readonly testId?: string;
  readonly danger?: boolean;
  /** Why it cannot be chosen now. */
  readonly blocked?: string;
  readonly onSelect: () => void;
}

interface Props {
  readonly entries: readonly MenuEntry[];
  readonly label?: string;
  readonly icon?: IconName;
  readonly tone?: 'plain' | 'quiet';
  readonly testId?: string;
  readonly count?: number;
  /** Above the entries; given what closes the menu. */
  readonly top?: (close: () => void) => ReactNode;
}

const ITEMS = '[role="menuitem"]';
/** CSS pixels to the window's edge and to the button. */
const MARGIN = 8;

/** Where the list fits beside its button: below it where there is room, else above; within the window. */
const placeBeside = (button: DOMRect, list: DOMRect): CSSProperties => {
  const below = button.bottom + MARGIN;
  const fits = below + list.height <= innerHeight - MARGIN;
  const top = fits ? below : Math.max(MARGIN, button.top - MARGIN - list.height);
  const left = Math.min(Math.max(MARGIN, button.right - list.width), innerWidth - MARGIN - list.width);
  return { top, left };
};

/** A button that opens a list of further actions (WAI-ARIA menu button pattern). */
export const Menu = ({
  entries,
  label = 'More',
  icon = 'more',
  tone = 'plain',
  testId = 'more-button',
  count = 0,
  top,
}: Props) => {
  const [open, setOpen] = useState(false);
  const [place, setPlace] = useState<CSSProperties>();
  const frame = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    if (!open) return;
    const follow = () => {
      if (!frame.current || !list.current) return;
      setPlace(placeBeside(frame.current.getBoundingClientRect(), list.current.getBoundingClientRect()));
    };
    // The list stands in the window, not in what scrolls: it goes along with its button.
    const scrolled = (event: Event) => {
      if ((event.target as Node).contains(frame.current)) follow();
    };
    follow();
    document.addEventListener('scroll', scrolled, true);
    addEventListener('resize', follow);
    return () => {
      document.removeEventListener('scroll', scrolled, true);
      removeEventListener('resize', follow);
    };
  }, [open]);

  useEffect(() => {
    if (!open) return;
    frame.current?.querySelector<HTMLElement>(ITEMS)?.focus({ preventScroll: true });
    const outside = (event: Event) => {
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
    const items = [...(frame.current?.querySelectorAll<HTMLElement>(ITEMS) ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    items.at(to % items.length)?.focus();
  };

  return (
    <div ref={frame} className="menu" onKeyDown={open ? moved : undefined}>
      <IconButton
        icon={icon}
        label={label}
        tone={tone}
        count={count}
        data-testid={testId}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => {
          setPlace(undefined);
          setOpen(!open);
        }}
      />
      {open ? (
        <div
          ref={list}
          className="menu-list"
          role="menu"
          aria-label={label}
          style={place ?? { opacity: 0, top: 0, left: 0 }}
        >
          {top?.(close)}
          {entries.map(entry => (
            <button
              key={entry.key}
              type="button"
              role="menuitem"
              className="menu-entry"
              data-danger={entry.danger}
              data-testid={entry.testId}
              aria-disabled={entry.blocked !== undefined}
              onClick={() => {
                if (entry.blocked !== undefined) return;
                close();
                entry.onSelect();
              }}
            >
              <Icon name={entry.icon} />
              <span>
                {entry.label}
                {entry.blocked === undefined ? null : <small>{entry.blocked}</small>}
              </span>
            </button>
          ))}
        </div>
      ) : null}
    </div>
  );
};
