/** What is wrong with a field, beside it, and read aloud when it turns up. */
export const FieldProblem = ({
  id,
  problem,
}: {
  readonly id: string;
  readonly problem: string | undefined;
}) =>
  problem === undefined ? null : (
    <p className="field-problem" id={id} role="alert">
      {problem}
    </p>
  );
