import { indexOfPosition, type RecordedMeeting } from './recorded-meeting.js';

export interface StartMoment {
  readonly index: number;
  /** Whether to go on with whatever comes. */
  readonly following: boolean;
  /** What to say where the address asks for what is not there. */
  readonly note: string;
}

/**
 * Where to begin: at the position that the address names (`?at=`), else at the first event, or, while the meeting goes on,
 * at the last.
 */
export const startMoment = (record: RecordedMeeting, search: string, goesOn: boolean): StartMoment => {
  const at = new URLSearchParams(search).get('at');
  if (at === null) return { index: goesOn ? record.events.length - 1 : 0, following: goesOn, note: '' };
  const position = /^\d{1,16}$/.test(at) ? Number(at) : NaN;
  if (!Number.isSafeInteger(position)) {
    const note = 'The link names no moment: what follows “at” must be the position of an event.';
    return { index: 0, following: false, note };
  }
  const index = indexOfPosition(record, position);
  const note =
    record.events[index]?.position === position
      ? ''
      : 'The moment in the link is none of the events that you may see here. This is the nearest one.';
  return { index, following: false, note };
};
