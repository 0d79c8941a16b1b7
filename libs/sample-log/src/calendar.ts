import { PEOPLE } from './people.js';
import type { MeetingPlan } from './meeting-plan.js';
import type { Random } from './random.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Monday, 2 November 2026: the company's first day. */
const FIRST_DAY = Date.UTC(2026, 10, 2);
/** Weekdays from Monday on which there is work. */
const WORKDAYS = 5;

const everyone = PEOPLE.map(({ userId }) => userId);
const team = everyone.slice(0, 9);
const others = (...without: string[]): readonly string[] => team.filter(id => !without.includes(id));

/** The meetings of one working day. @param day counted from 0, weekends left out */
const day = (number: number, random: Random): readonly MeetingPlan[] => {
  const week = Math.floor(number / WORKDAYS);
  const weekday = number % WORKDAYS;
  const begin = FIRST_DAY + (week * 7 + weekday) * DAY;
  const at = (hour: number, minute = 0): number => begin + hour * HOUR + minute * MINUTE;
  const standUp: MeetingPlan = {
    title: 'Stand-up',
    room: 'stand-up',
    host: 'ada',
    invited: others('ada'),
    start: at(9, 15),
    minutes: 15,
    hostLate: random.chance(0.2) ? random.between(2, 6) : 0,
    chat: 0.1,
  };
  const plans: MeetingPlan[] = [standUp];
  if (weekday === 0) {
    plans.push({
      title: 'Planning',
      description: 'What we do this week',
      host: 'grace',
      invited: others('grace'),
      start: at(10),
      minutes: 60,
      hostLate: week % 2 === 0 ? 7.5 : 0,
      coHost: 'ada',
      recording: 'completed',
      presenter: 'barbara',
      chat: 0.3,
    });
  }
  if (weekday === 1) {
    plans.push({
      title: 'Interview',
      host: 'radia',
      invited: [
        'katherine',
        'alan',
        'guest-cleo',
        'guest-imani',
        ...(week % 2 === 0 ? ['guest-mallory'] : []),
      ],
      start: at(13, 30),
      minutes: 45,
      settings: { waitingRoomEnabled: true, recordingPermission: 'none', maxParticipants: 8 },
      denied: ['guest-mallory'],
      impatient: 'guest-imani',
      locked: true,
      chat: 0.05,
    });
  }
  if (weekday === 2) {
    plans.push({
      title: 'Customer call',
      host: 'donald',
      invited: ['grace', 'margaret', 'guest-dario', 'guest-imani'],
      start: at(15),
      minutes: 50,
      settings: { waitingRoomEnabled: true },
      presenter: 'margaret',
      handedTo: week % 2 === 1 ? 'grace' : undefined,
      recording: week % 2 === 0 ? 'recorder-died' : 'failed',
      workerDies: week % 2 === 0 ? 21 : undefined,
      chat: 0.4,
    });
  }
  if (weekday === 3 && week % 2 === 0) {
    plans.push({
      title: 'All hands',
      description: 'Figures, news, questions',
      host: 'margaret',
      invited: everyone.filter(id => id !== 'margaret'),
      start: at(14),
      minutes: 45,
      hostLate: 3,
      settings: { maxParticipants: 200, autoRecord: true },
      coHost: 'ada',
      viewer: 'oscar',
      recording: 'completed',
      presenter: 'donald',
      muteStorm: true,
      reactions: 9,
      talkers: 7,
      chat: 0.8,
    });
  }
  if (weekday === 3 && week % 2 === 1) {
    plans.push({
      title: 'Incident review',
      host: 'edsger',
      invited: others('edsger'),
      start: at(16),
      minutes: 40,
      workerDies: 12,
      muteStorm: true,
      removed: 'linus',
      chat: 0.3,
    });
  }
  if (weekday === 4) {
    plans.push({
      title: 'Retrospective',
      room: 'retro',
      host: 'barbara',
      invited: others('barbara', 'linus'),
      start: at(15, 30),
      minutes: 30,
      settings: { screenSharePermission: 'none' },
      breakout:
        week % 2 === 0
          ? { opens: 6, rooms: ['What went well', 'What did not', 'What we try'], timeLimit: 8 }
          : { opens: 6, rooms: ['Tools', 'People'], capacity: 4 },
      reactions: 2,
      chat: 0.2,
    });
    plans.push({
      title: 'Office hours',
      description: 'Bring your questions',
      host: 'radia',
      invited: ['tim', 'sophie', 'ken'],
      start: at(16, 30),
      minutes: 30,
      cancelled: true,
      chat: 0,
    });
  }
  const pair = random.shuffled(team);
  plans.push({
    title: `${pair[0]!} and ${pair[1]!}`,
    host: pair[0]!,
    invited: [pair[1]!],
    start: at(11, Math.floor(random.between(0, 50))),
    minutes: Math.round(random.between(15, 35)),
    chat: 0.05,
  });
  return plans.sort((one, other) => one.start - other.start);
};

/** The company's days, one after the other, without an end. */
export function* calendar(random: Random): Generator<readonly MeetingPlan[]> {
  for (let number = 0; ; number += 1) yield day(number, random);
}

/** How many meetings there are in the first so many days. */
export const TWO_WEEKS_DAYS = 2 * WORKDAYS;
