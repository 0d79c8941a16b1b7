interface Props {
  readonly label: string;
  readonly hint?: string;
  readonly on: boolean;
  readonly disabled?: boolean;
  readonly testId?: string;
  readonly onChange: (on: boolean) => void;
}

/** Something that is on or off, and takes effect at once. */
export const Switch = ({ label, hint, on, disabled, testId, onChange }: Props) => (
  <label className="switch">
    <span>
      {label}
      {hint ? <small>{hint}</small> : null}
    </span>
    <input
      type="checkbox"
      role="switch"
      checked={on}
      disabled={disabled}
      data-testid={testId}
      onChange={event => onChange(event.target.checked)}
    />
  </label>
);
