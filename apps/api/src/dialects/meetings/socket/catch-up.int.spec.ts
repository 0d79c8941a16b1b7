import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  LogUnavailable,
  openSqliteEventLog,
  type PersonalEventLog,
  type Position,
  START,
} from '#libs/event-log';
import type { ProjectionRunner } from '#libs/read-models';
import { LoggedLines } from '../../../testing/logged-lines.js';
import { until } from '../../../testing/until.js';
import { AnyMeeting, type MadeUp, picker, USERS } from './any-meeting-for-tests.js';
import { catchUp, type Returning } from './catch-up.js';
import { MeetingChannels } from './meeting-channels.js';
import type { ToldEvent } from './told-event.js';

/** A socket without a network: what it was told, in order. */
class Told implements Returning {
  readonly messages: { readonly position: number }[] = [];
  isOpen = true;
  isLost = false;
  leave = (): void => undefined;

  constructor(
    readonly userId: string,
    readonly from: Position,
    private readonly pause: () => Promise<unknown> = () => Promise.resolve(),
  ) {}

  hear(told: ToldEvent): void {
    // As a session does: what stands at or before where it left off it has.
    if (told.position <= this.from) return;
    const frame = told.frameFor(this.userId);
    if (frame) this.messages.push(JSON.parse(frame.text) as { position: number });
  }

  /** Where it would go on. */
  get last(): Position {
    return this.messages.at(-1)?.position ?? this.from;
  }

  async ready(): Promise<void> {
    await this.pause();
  }

  follow(): void {}

  lose(): void {
    this.isLost = true;
  }
}

describe('what a socket missed', () => {
  let directory: string;
  let log: PersonalEventLog;
  let nodes: MeetingChannels[];
  let lines: LoggedLines;
  beforeEach(async () => {
    [nodes, lines] = [[], new LoggedLines()];
    directory = mkdtempSync(join(tmpdir(), 'parley-sockets-'));
    log = (await openSqliteEventLog({ directory })) as PersonalEventLog;
  });
  afterEach(async () => {
    await stopNodes();
    await log.close();
    rmSync(directory, { recursive: true });
    expect(lines.errors).toEqual([]);
  });

  const stopNodes = async (): Promise<void> => {
    await Promise.all(nodes.map(channels => channels.onApplicationShutdown()));
  };
  /** An api node: one that begins now knows nothing of before. */
  const node = async (): Promise<MeetingChannels> => {
    const projections = { caughtUp: () => Promise.resolve() } as unknown as ProjectionRunner;
    const channels = new MeetingChannels(log, projections, lines.logger);
    await channels.onApplicationBootstrap();
    nodes.push(channels);
    return channels;
  };
  const open = async (channels: MeetingChannels, meetingId: string, socket: Told): Promise<Told> => {
    const channel = await channels.open(meetingId, socket.from);
    socket.leave = () => {
      socket.isOpen = false;
      channel.remove(socket);
      channels.release(channel);
    };
    await catchUp(channel, log, socket, socket.from);
    return socket;
  };
  const append = async (events: readonly MadeUp[]): Promise<void> => {
    await Promise.all(events.map(({ stream, event }) => log.append(stream, [event], 'any')));
  };
  /** Waits until all nodes have told everything of the meeting. */
  const settled = async (sockets: readonly Told[]): Promise<void> => {
    await until('all are told of the end', () =>
      sockets.every(
        ({ messages }) => (messages.at(-1) as { type?: string } | undefined)?.type === 'meeting_ended',
      ),
    );
  };

  it('comes once, in order: whoever comes and goes is told the same as one who stays, on whatever node', async () => {
    let [resumed, longest] = [0, 0];
    await fc.assert(
      fc.asyncProperty(
        fc.uuid({ version: 4 }),
        fc.nat(),
        fc.integer({ min: 20, max: 150 }),
        async (id, seed, rounds) => {
          const meeting = new AnyMeeting(id);
          const pick = picker(seed);
          for (const userId of USERS) meeting.join(userId);
          const first = await node();
          const restarted = await node();
          const pause = (): Promise<unknown> => (pick(4) === 0 ? nextTurn() : Promise.resolve());
          const stays = await Promise.all(USERS.map(userId => open(first, id, new Told(userId, START))));
          const roams = USERS.map(userId => ({
            userId,
            parts: [] as Told[],
            now: undefined as Told | undefined,
          }));
          const lookers: Told[] = [];
          let appended = 0;
          const come = (roamer: (typeof roams)[number]): Promise<Told> => {
            const from = roamer.parts.at(-1)?.last ?? START;
            if (from > START) resumed += 1;
            const socket = new Told(roamer.userId, from, pause);
            roamer.parts.push(socket);
            roamer.now = socket;
            return open(pick(2) ? first : restarted, id, socket);
          };
          for (let round = 0; round < rounds; round += 1) {
            for (let n = pick(12); n >= 0; n -= 1) meeting.step(pick);
            const coming = pick(3) === 0 ? [] : [roams[pick(roams.length)]!];
            // Some come while things happen.
            const under = coming.map(roamer => {
              roamer.now?.leave();
              return pick(3) ? come(roamer) : ((roamer.now = undefined), Promise.resolve());
            });
            if (pick(10) === 0) {
              const head = await log.head();
              lookers.push(
                await open(restarted, id, new Told(USERS[pick(USERS.length)]!, pick(head + 2) - 1, pause)),
              );
            }
            await append(meeting.events.slice(appended));
            appended = meeting.events.length;
            await Promise.all(under);
          }
          for (const roamer of roams) if (!roamer.now) await come(roamer);
          meeting.end();
          await append(meeting.events.slice(appended));
          await settled([...stays, ...lookers, ...roams.flatMap(({ now }) => now ?? [])]);
          stays.forEach(({ userId, messages }, index) => {
            const positions = messages.map(({ position }) => position);
            expect(positions).toEqual([...new Set(positions)].sort((one, other) => one - other));
            expect(roams[index]!.parts.flatMap(part => part.messages)).toEqual(messages);
            for (const looker of lookers.filter(one => one.userId === userId))
              expect(looker.messages).toEqual(messages.filter(({ position }) => position > looker.from));
          });
          longest = Math.max(longest, stays[0]!.messages.length);
          await stopNodes();
          nodes = [];
        },
      ),
      // One that is long in any case.
      { numRuns: 10, endOnFailure: true, examples: [['0190b7a4-1c2d-4e5f-8a6b-7c8d9e0f1a2b', 7, 400]] },
    );
    expect(resumed).toBeGreaterThan(20);
    // More than a channel remembers.
    expect(longest).toBeGreaterThan(256);
  }, 120_000);

  it('is known as well where nobody was at the meeting for long', async () => {
    const meeting = new AnyMeeting('m');
    for (const userId of USERS) meeting.join(userId);
    const channels = await node();
    let appended = 0;
    const go = async (steps: number): Promise<void> => {
      const pick = picker(3 + appended);
      for (let step = 0; step < steps; step += 1) meeting.step(pick);
      await append(meeting.events.slice(appended));
      appended = meeting.events.length;
    };
    await go(20);
    const before = await open(channels, 'm', new Told('ada', START));
    const other = await open(channels, 'm', new Told('ada', START));
    before.leave();
    for (let looks = 0; looks < 3; looks += 1) channels.giveUpIdle();
    await go(20);
    // One is still there: nothing was given up.
    await until('the other is told', () => other.last > before.last);
    other.leave();
    for (let looks = 0; looks < 3; looks += 1) channels.giveUpIdle();
    await go(20);
    const again = await open(channels, 'm', new Told('ada', before.last));
    meeting.end();
    await go(0);
    await settled([again]);
    const whole = await open(channels, 'm', new Told('ada', START));
    expect([...before.messages, ...again.messages]).toEqual(whole.messages);
    expect(again.messages.length).toBeGreaterThan(5);
  });

  it.each(['before', 'while'])(
    'is of no account to a process that stops %s it reads meetings anew after an erasure',
    async when => {
      const meeting = new AnyMeeting('m');
      meeting.join('ada');
      await append(meeting.events);
      await open(await node(), 'm', new Told('ada', START));
      let goOn = (): void => undefined;
      const held = new Promise<void>(resolve => (goOn = resolve));
      const asked: string[] = [];
      log.eraseUser = async () => {
        asked.push('erase');
        if (when === 'before') await held;
      };
      log.readStream = async function* () {
        asked.push('read');
        await held;
        throw new LogUnavailable('The event log is closed');
      };
      const erased = { userId: 'ada', erasedBy: 'ada', erasedAt: '2026-11-22T11:00:00.000Z' };
      const { event } = meeting.events[0]!;
      await log.append(
        'user-ada',
        [{ ...event, id: 'e', type: 'UserErased', version: 1, data: erased }],
        'any',
      );
      await until('it is under way', () => asked.includes(when === 'before' ? 'erase' : 'read'));
      await stopNodes();
      goOn();
      for (let turns = 0; turns < 10; turns += 1) await nextTurn();
      // afterEach sees that nothing was logged.
      expect(asked).toEqual(when === 'before' ? ['erase'] : ['erase', 'read']);
    },
  );

  it('is nothing where the log could not be followed for a while', async () => {
    const whole = log.tail.bind(log);
    let batches = 0;
    // Ends in the middle of the second batch.
    const broken: typeof log.tail = async function* (options) {
      for await (const batch of whole(options)) {
        yield batch;
        if ((batches += 1) === 2) throw new Error('the log is away');
      }
    };
    log.tail = options => {
      log.tail = whole;
      return broken(options);
    };
    const meeting = new AnyMeeting('m');
    await append(meeting.events);
    const ada = await open(await node(), 'm', new Told('ada', START));
    let appended = meeting.events.length;
    const pick = picker(2);
    for (let round = 0; round < 20; round += 1) {
      for (let step = 0; step < 5; step += 1) meeting.step(pick);
      await append(meeting.events.slice(appended));
      appended = meeting.events.length;
      // However late it is read: what comes first is one batch, and more comes after it.
      if (round === 0) await until('a batch', () => batches > 0);
      await nextTurn();
    }
    await until('the log to be lost', () => lines.errors.length > 0);
    meeting.end();
    await append(meeting.events.slice(appended));
    await settled([ada]);
    expect(lines.errors).toMatchObject([{ msg: expect.stringContaining('could not be followed') }]);
    lines.lines.length = 0;
    const afterwards = await open(await node(), 'm', new Told('ada', START));
    expect(ada.messages.length).toBeGreaterThan(20);
    expect(ada.messages).toEqual(afterwards.messages);
  });

  it('is read from the log no faster than the socket takes it', async () => {
    const meeting = new AnyMeeting('m');
    meeting.join('ada');
    const pick = picker(1);
    while (meeting.events.length < 3000) meeting.step(pick);
    await append(meeting.events);
    let letGo = (): void => undefined;
    const held = new Promise<void>(resolve => (letGo = resolve));
    const slow: Told = new Told('ada', START, () => (slow.messages.length < 5 ? Promise.resolve() : held));
    // Its end is long past what the channel remembers.
    const opening = open(await node(), 'm', slow);
    await until('it has taken some', () => slow.messages.length === 5);
    for (let turns = 0; turns < 50; turns += 1) await nextTurn();
    expect(slow.messages).toHaveLength(5);
    letGo();
    await opening;
    const all = await open(await node(), 'm', new Told('ada', START));
    expect(all.messages.length).toBeGreaterThan(300);
    expect(slow.messages).toEqual(all.messages);
  });

  it('is read for nobody who went meanwhile', async () => {
    const meeting = new AnyMeeting('m');
    meeting.join('ada');
    const pick = picker(1);
    while (meeting.events.length < 3000) meeting.step(pick);
    await append(meeting.events);
    const gone: Told = new Told('ada', START, async () => void (gone.isOpen = gone.messages.length < 5));
    await open(await node(), 'm', gone);
    expect(gone.messages).toHaveLength(5);
  });
});
