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
import type { AppendResult } from '#libs/event-log';
import { add, metadata, openActorBed, refusal, run, type ActorBed } from './actor-bed.js';
import type { ActorSystem } from './actor-system.js';
import { Counter } from './counter.js';

const at = metadata.time;

let bed: ActorBed;
let systems: [ActorSystem, ActorSystem];
beforeEach(async () => {
  bed = await openActorBed();
  systems = [bed.system(), bed.system()];
});
afterEach(() => bed.close());

const either = (index: number): ActorSystem => systems[index % 2]!;

describe('other writers on the same stream', () => {
  it('are caught up with, reading only what is new, and the command is decided again', async () => {
    const [here, there] = [bed.system(), bed.system()];
    await run(here, add(1));
    await run(there, add(2));
    const reads: number[] = [];
    bed.log.beforeRead = (_stream, from) => reads.push(from);
    expect((await run(here, add(3))).state.amounts).toEqual([1, 2, 3]);
    expect(reads).toEqual([1]);
  });

  it('never make a refusal or an answer without events come from an old state', async () => {
    const [here, there] = [bed.system(), bed.system()];
    await run(here, add(1));
    await run(there, add(9));
    await expect(run(here, add(1, { limit: 10 }))).rejects.toEqual(refusal('MAX_PARTICIPANTS_REACHED'));
    await run(there, add(5));
    expect((await run(here, add(0))).state.sum).toBe(15);
    await run(there, add(5));
    expect((await here.state(Counter, 'a')).sum).toBe(20);
  });

  it('who never pause get the command refused as overloaded, not lost in a loop', async () => {
    const here = bed.system();
    const there = bed.system();
    await run(here, add(1));
    const elsewhere = async (append: () => Promise<AppendResult>): Promise<AppendResult> => {
      bed.log.around = pass => pass();
      await run(there, add(1));
      bed.log.around = elsewhere;
      return append();
    };
    bed.log.around = elsewhere;
    await expect(run(here, add(1))).rejects.toEqual(refusal('OVERLOADED'));
    bed.log.around = append => append();
    expect((await run(here, add(1))).events).toHaveLength(1);
  });
});

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
    const recorded = (await bed.log.all('counter-hot')).map(
      ({ data }) => (data as { amount: number }).amount,
    );
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
    const events = await bed.log.all('meeting-m');
    const state = replay(Meeting, events as unknown as MeetingEvent[]);
    expect(Object.keys(state.roster)).toHaveLength(10);
    expect(events.filter(({ type }) => type === 'ParticipantJoined')).toHaveLength(10);
    const codes = outcomes.flatMap(outcome =>
      outcome.status === 'rejected' ? [(outcome.reason as { code: string }).code] : [],
    );
    expect(new Set(codes)).toEqual(new Set(['MAX_PARTICIPANTS_REACHED']));
    expect(await systems[0].state(Meeting, 'm')).toEqual(await systems[1].state(Meeting, 'm'));
  });

  it('see each other’s events in refusals too', async () => {
    const place = (system: ActorSystem, mediaWorkerId: string) =>
      system.execute(
        Meeting,
        'none',
        { type: 'PlaceMedia', mediaWorkerId, by: SYSTEM, at } as MeetingCommand,
        metadata,
      );
    await expect(place(systems[0], 'w')).rejects.toMatchObject({ code: 'MEETING_NOT_FOUND' });
    const settings = DEFAULT_SETTINGS;
    await systems[1].execute(
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
    expect((await place(systems[0], 'w')).state.mediaWorkerId).toBe('w');
  });
});
