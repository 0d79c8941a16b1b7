import { useEffect, useState } from 'react';
import { mayGoOn, recordMeeting, type RecordedMeeting } from './recorded-meeting.js';
import { asRefusal, mayPass, type ReplayRefusal } from './replay-refusal.js';
import { ReplaySource } from './replay-source.js';
import { replayToken } from './replay-token.js';

export type Recorded =
  | { readonly phase: 'loading'; readonly events: number }
  | { readonly phase: 'refused'; readonly refusal: ReplayRefusal }
  | {
      readonly phase: 'ready';
      readonly record: RecordedMeeting;
      /** Whether later events may still come: they are asked for every few seconds. */
      readonly goesOn: boolean;
      /** Why they do not come just now. */
      readonly interrupted?: ReplayRefusal;
    };

const ASK_EVERY_MS = 3000;
const LONGEST_PAUSE_MS = 30_000;

const source = new ReplaySource(replayToken);

/**
 * A meeting's events, all there are and then those that come.
 * @param round another number begins anew, such as with another token
 */
export const useRecordedMeeting = (ref: string, round: number): Recorded => {
  const [recorded, setRecorded] = useState<Recorded>({ phase: 'loading', events: 0 });

  useEffect(() => {
    let gone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = (next: Recorded): void => {
      if (!gone) setRecorded(next);
    };
    const again = (record: RecordedMeeting, pause: number): void => {
      if (!gone) timer = setTimeout(() => void goOn(record, pause), pause);
    };
    const goOn = async (record: RecordedMeeting, pause: number): Promise<void> => {
      try {
        const more = await source.eventsAfter(record.meetingId, record.events.at(-1)?.position ?? -1);
        const next = more.length > 0 ? recordMeeting(record.meetingId, more, record) : record;
        const goesOn = mayGoOn(next);
        show({ phase: 'ready', record: next, goesOn });
        if (goesOn) again(next, ASK_EVERY_MS);
      } catch (error) {
        const interrupted = asRefusal(error);
        show({ phase: 'ready', record, goesOn: true, interrupted });
        if (mayPass(interrupted)) again(record, Math.min(2 * pause, LONGEST_PAUSE_MS));
      }
    };
    const begin = async (): Promise<void> => {
      try {
        const meetingId = await source.meetingId(ref);
        const events = await source.eventsAfter(meetingId, -1, count =>
          show({ phase: 'loading', events: count }),
        );
        const record = recordMeeting(meetingId, events);
        const goesOn = mayGoOn(record);
        show({ phase: 'ready', record, goesOn });
        if (goesOn) again(record, ASK_EVERY_MS);
      } catch (error) {
        console.warn('The replay cannot be shown', error);
        show({ phase: 'refused', refusal: asRefusal(error) });
      }
    };
    setRecorded({ phase: 'loading', events: 0 });
    void begin();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [ref, round]);

  return recorded;
};
