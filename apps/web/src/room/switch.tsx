import { useId } from 'react';
import { FieldProblem } from './field-problem.js';

interface Props {
  readonly label: string;
  readonly hint?: string;
  readonly on: boolean;
  readonly disabled?: boolean;
  /** Why it could not be switched. */
  readonly problem?: string;
  readonly testId?: string;
  readonly onChange: (on: boolean) => void;
}

/** Something that is on or off, and takes effect at once. */
export const Switch = ({ label, hint, on, disabled, problem, testId, onChange }: Props) => {
  const id = useId();
  return (
    <div className="switch-field">
      <label className="switch">
        <span>
          <span id={`${id}-label`}>{label}</span>
          {hint ? <small id={`${id}-hint`}>{hint}</small> : null}
        </span>
        <input
          type="checkbox"
          role="switch"
          checked={on}
          disabled={disabled}
          aria-labelledby={`${id}-label`}
          aria-describedby={`${id}-hint ${id}-problem`}
          data-testid={testId}
          onChange={event => onChange(event.target.checked)}
        />
      </label>
      <FieldProblem id={`${id}-problem`} problem={problem} />
    </div>
  );
};
