import type { ReactNode } from 'react';
import { IconButton } from '../ui/icon-button.js';

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Beside the stage; over it on a phone. */
export const SidePanel = ({ title, onClose, children }: Props) => (
  <aside
    className="panel"
    aria-label={title}
    onKeyDown={event => {
      if (event.key === 'Escape') onClose();
    }}
  >
    <header className="panel-header">
      <h2>{title}</h2>
      <IconButton icon="close" label={`Close ${title.toLowerCase()}`} tone="quiet" onClick={onClose} />
    </header>
    {children}
  </aside>
);
