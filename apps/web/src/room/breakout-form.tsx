import { useState, type FormEvent } from 'react';
import type { MeetingSession } from '../session/meeting-session.js';
import type { MeetingState } from '../session/meeting-state.js';
import { Icon } from '../ui/icon.js';
import {
  type Assignment,
  FIRST_DRAFT,
  limitOf,
  MAX_MINUTES,
  MAX_ROOMS,
  planOf,
  withRooms,
} from './breakout-plan.js';
import { Switch } from './switch.js';

const ASSIGNMENTS: readonly { readonly value: Assignment; readonly label: string }[] = [
  { value: 'even', label: 'Spread everybody evenly' },
  { value: 'hand', label: 'I put people into rooms' },
  { value: 'choose', label: 'Everybody chooses a room' },
];

/** The host opens breakout rooms. */
export const BreakoutForm = ({
  session,
  meeting,
}: {
  readonly session: MeetingSession;
  readonly meeting: MeetingState;
}) => {
  const [draft, setDraft] = useState(FIRST_DRAFT);
  const [busy, setBusy] = useState(false);
  const { names, assignment, mayReturn, minutes } = draft;
  const limitWrong = Number.isNaN(limitOf(draft));
  const people = meeting.participants.filter(({ role }) => role !== 'host' && role !== 'co-host').length;

  const open = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || limitWrong) return;
    setBusy(true);
    await session.attempt(session.api.openBreakoutRooms(planOf(draft)));
    setBusy(false);
  };

  return (
    <form className="breakout-form" onSubmit={event => void open(event)} noValidate>
      <p className="muted">
        People in a breakout room see, hear and read only each other. You can go into every room.
      </p>
      <label className="field">
        <span>Number of rooms</span>
        <input
          type="number"
          min={1}
          max={MAX_ROOMS}
          inputMode="numeric"
          data-testid="breakout-count"
          value={names.length}
          onChange={event => setDraft(withRooms(draft, event.target.valueAsNumber))}
        />
      </label>
      <details className="breakout-names">
        <summary>Names of the rooms</summary>
        {names.map((name, at) => (
          <input
            key={at}
            aria-label={`Name of room ${at + 1}`}
            placeholder={`Room ${at + 1}`}
            data-testid="breakout-name"
            maxLength={100}
            value={name}
            onChange={event =>
              setDraft({
                ...draft,
                names: names.map((old, other) => (other === at ? event.target.value : old)),
              })
            }
          />
        ))}
      </details>
      <fieldset className="choices">
        <legend>Who goes where</legend>
        {ASSIGNMENTS.map(({ value, label }) => (
          <label key={value}>
            <input
              type="radio"
              name="assignment"
              data-testid={`breakout-assign-${value}`}
              checked={assignment === value}
              onChange={() => setDraft({ ...draft, assignment: value })}
            />
            {label}
          </label>
        ))}
      </fieldset>
      <Switch
        label="Everybody may come back to the main room"
        on={mayReturn}
        onChange={on => setDraft({ ...draft, mayReturn: on })}
      />
      <label className="field">
        <span>Minutes until the rooms close</span>
        <input
          type="number"
          min={1}
          max={MAX_MINUTES}
          inputMode="numeric"
          placeholder="No limit"
          data-testid="breakout-minutes"
          value={minutes}
          aria-invalid={limitWrong}
          onChange={event => setDraft({ ...draft, minutes: event.target.value })}
        />
        {limitWrong ? (
          <span className="field-problem" role="alert">
            A whole number from 1 to {MAX_MINUTES}, or nothing.
          </span>
        ) : null}
      </label>
      <button
        type="submit"
        className="button button-primary"
        data-testid="breakout-open-button"
        aria-busy={busy}
        disabled={limitWrong}
      >
        <Icon name="rooms" /> Open {names.length} {names.length === 1 ? 'room' : 'rooms'}
      </button>
      <p className="hint">
        {people === 0
          ? 'Nobody else is here yet.'
          : `${people} ${people === 1 ? 'person' : 'people'} besides the hosts.`}
      </p>
    </form>
  );
};
