import { type FormEvent, useState } from 'react';
import { MAX_PARTICIPANTS } from '../session/security-policy.js';
import { DescribedField } from './described-field.js';
import type { PolicyProps } from './policy-props.js';
import { limitOf } from './typed-policy.js';

/** How many may be in at a time. */
export const PolicyLimit = ({ policy, problems, change, here }: PolicyProps & { readonly here: number }) => {
  const [typed, setTyped] = useState<string>();
  const [wrong, setWrong] = useState(false);
  const limit = limitOf(typed ?? '');
  const unchanged = typed === undefined || limit === policy.max_participants;

  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (unchanged) return setTyped(undefined);
    setWrong(limit === undefined);
    if (limit !== undefined && (await change({ max_participants: limit })))
      // What was typed meanwhile stays.
      setTyped(now => (now === typed ? undefined : now));
  };

  return (
    <form onSubmit={event => void save(event)} noValidate>
      <DescribedField
        label="Participant limit"
        hint={`${here} ${here === 1 ? 'is' : 'are'} in now. Nobody has to leave when the limit is lower.`}
        problem={wrong ? `A whole number from 1 to ${MAX_PARTICIPANTS}.` : problems.max_participants}
      >
        {control => (
          <div className="field-line">
            <input
              {...control}
              type="number"
              min={1}
              max={MAX_PARTICIPANTS}
              inputMode="numeric"
              data-testid="policy-max_participants"
              value={typed ?? String(policy.max_participants)}
              onChange={event => {
                setTyped(event.target.value);
                setWrong(false);
              }}
            />
            <button
              type="submit"
              className="button button-small"
              data-testid="save-limit"
              aria-label="Save the participant limit"
              aria-disabled={unchanged}
            >
              Save
            </button>
          </div>
        )}
      </DescribedField>
    </form>
  );
};
