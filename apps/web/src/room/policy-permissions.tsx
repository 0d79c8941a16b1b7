import type { PolicyPermission } from '../session/security-policy.js';
import { DescribedField } from './described-field.js';
import { PERMISSIONS, WHO } from './policy-fields.js';
import type { PolicyProps } from './policy-props.js';

/** Who may do what. */
export const PolicyPermissions = ({ policy, problems, change }: PolicyProps) =>
  PERMISSIONS.map(({ field, label, hint }) => (
    <DescribedField key={field} label={label} hint={hint} problem={problems[field]}>
      {control => (
        <select
          {...control}
          value={policy[field]}
          data-testid={`policy-${field}`}
          onChange={event => void change({ [field]: event.target.value as PolicyPermission })}
        >
          {WHO.map(({ value, label: who }) => (
            <option key={value} value={value}>
              {who}
            </option>
          ))}
        </select>
      )}
    </DescribedField>
  ));
