import { useEffect, useRef } from 'react';
import { DeviceProblems } from '../lobby/device-problems.js';
import { DeviceSettings } from '../lobby/device-settings.js';
import type { LocalMedia } from '../session/local-media.js';
import { IconButton } from '../ui/icon-button.js';
import { useStore } from '../ui/use-store.js';

export const SettingsDialog = ({
  local,
  onClose,
}: {
  readonly local: LocalMedia;
  readonly onClose: () => void;
}) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const { problems } = useStore(local.state);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="settings-title" onClose={onClose}>
      <header className="panel-header">
        <h2 id="settings-title">Devices</h2>
        <IconButton icon="close" label="Close" tone="quiet" onClick={() => dialog.current?.close()} />
      </header>
      <DeviceSettings local={local} />
      <DeviceProblems problems={problems} />
    </dialog>
  );
};
