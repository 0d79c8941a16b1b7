import type { DEVICES } from './policy-fields.js';
import type { PolicyProps } from './policy-props.js';
import { Switch } from './switch.js';

export const PolicySwitches = ({
  fields,
  policy,
  problems,
  change,
}: PolicyProps & { readonly fields: typeof DEVICES }) =>
  fields.map(({ field, label, hint }) => (
    <Switch
      key={field}
      label={label}
      hint={hint}
      on={policy[field]}
      problem={problems[field]}
      testId={`policy-${field}`}
      onChange={on => void change({ [field]: on })}
    />
  ));
