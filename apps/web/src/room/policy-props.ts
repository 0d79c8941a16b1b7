import type { ListEdit } from '../session/policy-keeper.js';
import type { ListField, PolicyChanges, PolicyField, SecurityPolicy } from '../session/security-policy.js';

/** What every part of the security dialog gets. */
export interface PolicyProps {
  readonly policy: SecurityPolicy;
  readonly problems: Readonly<Partial<Record<PolicyField, string>>>;
  /** Saves these fields and no others. Answers whether it worked; where not, the problem is in `problems`. */
  readonly change: (changes: PolicyChanges) => Promise<boolean>;
  readonly edit: (field: ListField, edit: ListEdit) => Promise<boolean>;
}
