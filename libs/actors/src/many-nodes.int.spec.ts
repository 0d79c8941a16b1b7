import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  DEFAULT_SETTINGS,
  Meeting,
  replay,
  SYSTEM,
  type MeetingCommand,
  type MeetingEvent,
  type Principal,
} from '#libs/domain';
import { ActorSystem } from './actor-system.js';
import { Counter } from './counter.js';
import { InterposedEventLog } from './interposed-event-log.js';

const at = '2026-11-22T10:00:00.000Z';
const metadata = { correlationId: 'request', userId: 'ada', time: at };

let log: InterposedEventLog;
let systems: ActorSystem[];

beforeEach(async () => {
  log = await InterposedEventLog.open();
  systems = [new ActorSystem({ log }), new ActorSystem({ log })];
});
afterEach(async () => {
  await Promise.all(systems.map(system => system.close()));
  await log.remove();
});

const either = (index: number): ActorSystem => systems[index % 2]!;

describe('two nodes on one log', () => {
  it('lose and double no command of those that hammer the same stream', async () => {
    const accepted: number[] = [];
    const refused: unknown[] = [];
    const client = async (number: number): Promise<void> => {
      for (let turn = 0; turn < 25; turn += 1) {
        const amount = number * 1000 + turn + 1;
        try {
          await either(number).execute(Counter, 'hot', { type: 'Add', amount }, metadata);
          accepted.push(amount);
        } catch (error) {
          refused.push((error as { code?: string }).code);
        }
      }
    };
    await Promise.all(Array.from({ length: 16 }, (_, number) => client(number)));
    const recorded = (await log.all('counter-hot')).map(({ data }) => (data as { amount: number }).amount);
    expect(recorded.toSorted((a, b) => a - b)).toEqual(accepted.toSorted((a, b) => a - b));
    // Whoever was refused was told so, and may try again: nothing else may go wrong.
    expect(refused.filter(code => code !== 'OVERLOADED')).toEqual([]);
    expect(accepted.length + refused.length).toBe(400);
    for (const system of systems) {
      expect((await system.state(Counter, 'hot')).sum).toBe(
        recorded.reduce((sum, amount) => sum + amount, 0),
      );
    }
  });

  it('keep the seats of a meeting within its limit, whoever comes in where', async () => {
    const execute = (index: number, by: Principal, command: object) =>
      either(index).execute(Meeting, 'm', { ...command, by, at } as MeetingCommand, metadata);
    const settings = { ...DEFAULT_SETTINGS, maxParticipants: 10 };
    const host = { userId: 'host', name: 'Host', roles: [] };
    const create = {
      type: 'CreateMeeting',
      meetingId: 'm',
      meetingNumber: '1',
      title: 'T',
      settings,
      startNow: true,
    };
    await execute(0, host, create);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 60 }, (_, index) =>
        execute(
          index,
          { userId: `user-${index % 30}`, name: 'Someone', roles: [] },
          { type: 'JoinMeeting', participantId: `p-${index}`, displayName: 'Someone', passwordMatches: true },
        ),
      ),
    );
    const events = await log.all('meeting-m');
    const state = replay(Meeting, events as unknown as MeetingEvent[]);
    expect(Object.keys(state.roster)).toHaveLength(10);
    expect(events.filter(({ type }) => type === 'ParticipantJoined')).toHaveLength(10);
    const codes = outcomes.flatMap(outcome =>
      outcome.status === 'rejected' ? [(outcome.reason as { code: string }).code] : [],
    );
    expect(new Set(codes)).toEqual(new Set(['MAX_PARTICIPANTS_REACHED']));
    expect(await systems[0]!.state(Meeting, 'm')).toEqual(await systems[1]!.state(Meeting, 'm'));
  });

  it('see each other’s events in refusals too', async () => {
    const place = (system: ActorSystem, mediaWorkerId: string) =>
      system.execute(
        Meeting,
        'none',
        { type: 'PlaceMedia', mediaWorkerId, by: SYSTEM, at } as MeetingCommand,
        metadata,
      );
    await expect(place(systems[0]!, 'w')).rejects.toMatchObject({ code: 'MEETING_NOT_FOUND' });
    const settings = DEFAULT_SETTINGS;
    await systems[1]!.execute(
      Meeting,
      'none',
      {
        type: 'CreateMeeting',
        meetingId: 'none',
        meetingNumber: '1',
        title: 'T',
        settings,
        startNow: true,
        by: SYSTEM,
        at,
      },
      metadata,
    );
    expect((await place(systems[0]!, 'w')).state.mediaWorkerId).toBe('w');
  });
});
