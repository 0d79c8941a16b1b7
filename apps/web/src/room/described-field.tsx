import { type ReactNode, useId } from 'react';
import { FieldProblem } from './field-problem.js';

/** What ties a control to its label, its explanation and what is wrong with it. */
export interface ControlProps {
  readonly id: string;
  readonly 'aria-describedby': string;
  readonly 'aria-invalid': boolean;
}

interface Props {
  readonly label: string;
  readonly hint: string;
  readonly problem: string | undefined;
  readonly children: (control: ControlProps) => ReactNode;
}

/** A control with its name, a short explanation, and the problem that there is with it. */
export const DescribedField = ({ label, hint, problem, children }: Props) => {
  const id = useId();
  return (
    <div className="described-field">
      <label htmlFor={id}>{label}</label>
      <small id={`${id}-hint`}>{hint}</small>
      {children({
        id,
        'aria-describedby': `${id}-hint ${id}-problem`,
        'aria-invalid': problem !== undefined,
      })}
      <FieldProblem id={`${id}-problem`} problem={problem} />
    </div>
  );
};
