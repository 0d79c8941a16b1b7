import { Fragment, useEffect, useRef } from 'react';
import { IconButton } from '../ui/icon-button.js';

const KEYS: readonly (readonly [keys: readonly string[], what: string])[] = [
  [['Space'], 'play or pause'],
  [['→', '←'], 'next or previous event, on the slider'],
  [['Page Up', 'Page Down'], 'a tenth of the meeting on or back, on the slider'],
  [['Home', 'End'], 'to the start or the end'],
  [['j', 'k'], 'next or previous event that is listed'],
  [['↓', '↑'], 'the same, in the list of events'],
  [['?'], 'show these keys'],
];

export const KeysDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby="keys-title"
      data-testid="replay-keys"
      onClose={onClose}
    >
      <header className="panel-header">
        <h2 id="keys-title">Keys</h2>
        <IconButton icon="close" label="Close" tone="quiet" onClick={() => dialog.current?.close()} />
      </header>
      <dl className="replay-keys">
        {KEYS.map(([keys, what]) => (
          <Fragment key={what}>
            <dt>
              {keys.map(key => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </Fragment>
        ))}
      </dl>
    </dialog>
  );
};
