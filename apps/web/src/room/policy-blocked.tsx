import { type FormEvent, useRef, useState } from 'react';
import type { MeetingState } from '../session/meeting-state.js';
import { adding, dropping } from '../session/policy-keeper.js';
import { Avatar } from '../ui/avatar.js';
import { DescribedField } from './described-field.js';
import { blockablePeople, nameOfUser } from './known-people.js';
import type { PolicyProps } from './policy-props.js';

/** Who may not join, and somebody more. */
export const PolicyBlocked = ({
  policy,
  problems,
  edit,
  meeting,
}: PolicyProps & { readonly meeting: MeetingState }) => {
  const [chosen, setChosen] = useState('');
  const [missing, setMissing] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const { blocked_users: blocked } = policy;
  const groups = blockablePeople(meeting, blocked);
  // Whoever was chosen may have gone meanwhile.
  const userId = groups.some(({ people }) => people.some(one => one.user_id === chosen)) ? chosen : '';

  const block = async (event: FormEvent) => {
    event.preventDefault();
    setMissing(userId === '');
    if (userId === '') return;
    await edit('blocked_users', adding(userId));
  };
  const unblock = async (other: string) => {
    if (await edit('blocked_users', dropping(other))) form.current?.querySelector('select')?.focus();
  };

  return (
    <form ref={form} onSubmit={event => void block(event)} noValidate>
      <DescribedField
        label="Blocked people"
        hint={`${blocked.length === 0 ? 'Nobody is blocked. ' : ''}Whoever is blocked leaves at once and cannot join again. A guest could come back under a new name: the waiting room helps.`}
        problem={missing ? 'Choose somebody first.' : problems.blocked_users}
      >
        {control => (
          <>
            {blocked.length > 0 ? (
              <ul className="blocked-people" aria-label="People who are blocked">
                {blocked.map(other => (
                  <li key={other} className="person" data-testid="blocked-user">
                    <Avatar name={nameOfUser(meeting, other)} seed={other} />
                    <span className="person-name">{nameOfUser(meeting, other)}</span>
                    <button
                      type="button"
                      className="button button-small"
                      aria-label={`Unblock ${nameOfUser(meeting, other)}`}
                      onClick={() => void unblock(other)}
                    >
                      Unblock
                    </button>
                  </li>
                ))}
              </ul>
            ) : null}
            <div className="field-line field-more">
              <select
                {...control}
                data-testid="policy-blocked_users"
                value={userId}
                onChange={event => {
                  setChosen(event.target.value);
                  setMissing(false);
                }}
              >
                <option value="">{groups.length === 0 ? 'Nobody else is here' : 'Choose somebody'}</option>
                {groups.map(({ where, people }) => (
                  <optgroup key={where} label={where}>
                    {people.map(({ user_id, display_name }) => (
                      <option key={user_id} value={user_id}>
                        {display_name}
                      </option>
                    ))}
                  </optgroup>
                ))}
              </select>
              <button
                type="submit"
                className="button button-small"
                data-testid="block-user"
                aria-label="Block this person"
              >
                Block
              </button>
            </div>
          </>
        )}
      </DescribedField>
    </form>
  );
};
