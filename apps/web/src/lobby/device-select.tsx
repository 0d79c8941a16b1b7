import type { DeviceName } from '../session/capture.js';

interface Props {
  readonly label: string;
  readonly devices: readonly DeviceName[];
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
  readonly none: string;
}

export const DeviceSelect = ({ label, devices, selected, onSelect, none }: Props) => {
  const value = devices.some(({ id }) => id === selected) ? selected : devices[0]?.id;
  return (
    <label className="field">
      <span>{label}</span>
      <select
        value={value ?? ''}
        disabled={devices.length === 0}
        onChange={event => onSelect(event.target.value)}
      >
        {devices.length === 0 ? <option value="">{none}</option> : null}
        {devices.map(({ id, label: text }) => (
          <option key={id} value={id}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
};
