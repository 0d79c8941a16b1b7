import { expect, it } from '@jest/globals';
import { meetingAt, type MeetingMoment, momentEvent } from '#libs/domain';
import { indexOfPosition, mayGoOn, recordMeeting } from './recorded-meeting.js';
import { joined, left, logged, tenMinutes, wrote } from './replay-examples.js';

/** Long enough for several checkpoints: people come, go, write and raise hands. */
const long = (count: number) => [
  ...tenMinutes().slice(0, 3),
  ...Array.from({ length: count }, (_, n) => {
    const who = `user${n % 7}`;
    switch (n % 4) {
      case 0:
        return joined(n, who);
      case 1:
        return wrote(n, `message ${n}`);
      case 2:
        return logged(n, 'HandRaised', { participantId: `p-${who}`, by: who });
      default:
        return left(n, who);
    }
  }),
];

const plain = (moment: MeetingMoment): unknown => JSON.parse(JSON.stringify(moment));

it('any moment, in whatever order it is asked for, is what folding from the beginning gives', () => {
  const events = long(2500);
  const record = recordMeeting('m1', events);
  for (const index of [2400, 0, 511, 512, 513, 1023, 1024, 2502, 5, 1700, -1]) {
    expect(plain(record.at(index))).toEqual(plain(meetingAt(events.slice(0, index + 1).map(momentEvent))));
  }
});

it('a record that is continued shows the same as one that was read at once', () => {
  const events = long(1500);
  const early = recordMeeting('m1', events.slice(0, 700));
  early.at(699);
  const grown = recordMeeting('m1', events.slice(700), early);
  const whole = recordMeeting('m1', events);
  for (const index of [100, 699, 700, 1100, 1502])
    expect(plain(grown.at(index))).toEqual(plain(whole.at(index)));
  expect(early.events).toHaveLength(700);
});

it('a position that is not shown leads to the event before it, and one before all to the first', () => {
  const record = recordMeeting('m1', tenMinutes());
  const { position } = record.events[3] ?? { position: 0 };
  expect(indexOfPosition(record, position)).toBe(3);
  expect(indexOfPosition(record, position + 1)).toBe(3);
  expect(indexOfPosition(record, 0)).toBe(0);
  expect(indexOfPosition(record, Number.MAX_SAFE_INTEGER)).toBe(record.events.length - 1);
});

it('more may happen until the meeting has ended and its recordings are done', () => {
  const created = { title: 'Weekly', recordingId: 'r1', startedBy: 'ada' };
  const all = tenMinutes();
  const [before, after] = [all.slice(0, 4), all.slice(4)];
  const events = [...before, logged(61, 'RecordingCreated', created), ...after];
  expect(mayGoOn(recordMeeting('m1', events.slice(0, 5)))).toBe(true);
  expect(mayGoOn(recordMeeting('m1', events.slice(0, -1)))).toBe(true);
  expect(mayGoOn(recordMeeting('m1', events))).toBe(false);
});
