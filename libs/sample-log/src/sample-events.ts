import { Room, User } from '#libs/domain';
import { calendar, TWO_WEEKS_DAYS } from './calendar.js';
import { MeetingCourse } from './meeting-course.js';
import { GUESTS } from './people.js';
import { Random } from './random.js';
import { webhookCourse } from './webhook-course.js';
import { type SampleEvent, World } from './world.js';

const HOUR = 3_600_000;
const DEFAULT_SEED = 1;

export interface SampleOptions {
  /** The same seed gives the same events, ids included. */
  readonly seed?: number;
  /** How many meetings; those of two weeks by default. */
  readonly meetings?: number;
}

/** Who asked, once two weeks were over, that nothing of them be kept. */
const FORGOTTEN = GUESTS.find(({ userId }) => userId === 'guest-dario')!;

/**
 * What could stand in the log of a small company: stand-ups, an all-hands, interviews behind a waiting room, recordings of
 * which one fails, a media worker that dies. Brought forth by Parley's own aggregates, one working day at a time, in the
 * order of time.
 */
export function* sampleEvents({ seed = DEFAULT_SEED, meetings }: SampleOptions = {}): Generator<
  SampleEvent[]
> {
  const random = new Random(seed);
  const world = new World(random);
  let [days, held] = [0, 0];
  for (const plans of calendar(random)) {
    const wanted = plans.slice(0, meetings === undefined ? plans.length : meetings - held);
    wanted.forEach((plan, index) =>
      // Who invites others does so in the morning.
      world.at(wanted[0]!.start - 1.5 * HOUR + index * 60_000, () => void new MeetingCourse(world, plan)),
    );
    held += wanted.length;
    days += 1;
    if (days === TWO_WEEKS_DAYS) {
      world.at(plans.at(-1)!.start + 3 * HOUR, () =>
        world.do(User, FORGOTTEN.userId, FORGOTTEN, { type: 'EraseUser', userId: FORGOTTEN.userId }),
      );
      webhookCourse(world, plans.at(-1)!.start + 4 * HOUR);
    }
    yield world.run();
    world.forgetAllBut(Room);
    if (meetings === undefined ? days === TWO_WEEKS_DAYS : held === meetings) return;
  }
}
