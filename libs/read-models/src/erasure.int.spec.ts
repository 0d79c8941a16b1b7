import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DEFAULT_SETTINGS, ERASED, versionOf } from '#libs/domain';
import { openEventLog, type EventLog } from '#libs/event-log';
import { dumpTables } from './dump-tables.js';
import { openReadModels, type ReadModelStore } from './open-read-models.js';
import { ProjectionRunner } from './projection-runner.js';
import { ALL_PROJECTIONS } from './projections/all-projections.js';

describe('an erased user in the read models', () => {
  let dataDir: string;
  let log: EventLog;
  let store: ReadModelStore;
  let runner: ProjectionRunner;
  const open = async (): Promise<void> => {
    store = await openReadModels({ file: join(dataDir, 'read-models.db') });
    runner = new ProjectionRunner({
      log,
      database: store.writer,
      projections: ALL_PROJECTIONS,
      onError: error => {
        throw error;
      },
    });
    await runner.start();
    await runner.caughtUp(await log.head());
  };
  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'parley-erasure-'));
    log = await openEventLog({ dataDir, eventLog: '' });
    await open();
  });
  afterEach(async () => {
    await runner.stop();
    await store.close();
    await log.close();
    rmSync(dataDir, { recursive: true });
  });
  let events = 0;
  const append = async (stream: string, type: string, data: object): Promise<void> => {
    const metadata = { correlationId: 'request', userId: 'system' };
    const event = {
      id: `e${events++}`,
      type,
      version: versionOf(type),
      time: '2026-11-22T10:00:00.000Z',
      data,
      metadata,
    };
    await runner.caughtUp((await log.append(stream, [event], 'any')).position);
  };
  /** Everything of which a user's personal texts are part, in a meeting of its own. */
  const live = async (userId: string, meetingId: string): Promise<void> => {
    const ofUser = { meetingId, userId, displayName: `Name-${userId}` };
    const created = { hostUserId: userId, hostName: `Name-${userId}`, settings: DEFAULT_SETTINGS };
    const more = { meetingNumber: '1', title: 'Title', createdAt: 'now' };
    const meeting = `meeting-${meetingId}`;
    await append(meeting, 'MeetingCreated', { meetingId, ...created, ...more });
    await append(meeting, 'ParticipantWaiting', { ...ofUser, waitingSince: 'now' });
    for (const [seat, email] of [['a', `mail-${userId}`], ['b']]) {
      const joined = {
        participantId: `${meetingId}-${seat}`,
        ...(email && { email }),
        role: 'host',
        joinedAt: 'now',
      };
      await append(meeting, 'ParticipantJoined', { ...ofUser, ...joined });
    }
    await append(meeting, 'ParticipantWaiting', { ...ofUser, waitingSince: 'now' });
    const sent = { meetingId, senderId: userId, senderParticipantId: 'p', senderName: `Name-${userId}` };
    const message = { content: `Said-${userId}`, messageType: 'text', sentAt: 'now' };
    const file = { url: `https://url-${userId}`, name: `file-${userId}`, type: 'a/é"b', size: 3 };
    await append(`chat-${meetingId}`, 'ChatMessageSent', {
      messageId: `${meetingId}-1`,
      ...sent,
      ...message,
    });
    await append(`chat-${meetingId}`, 'ChatMessageSent', {
      messageId: `${meetingId}-2`,
      ...sent,
      ...message,
      recipientId: 'someone',
      file,
    });
  };
  const erase = (userId: string): Promise<void> =>
    append(`user-${userId}`, 'UserErased', { userId, erasedBy: userId, erasedAt: 'now' });

  it('is [erased] in every table, and everything else stays', async () => {
    await live('ada', 'm1');
    await live('grace', 'm2');
    const before = JSON.stringify(await dumpTables(store.reader));
    for (const text of ['Name', 'mail', 'Said', 'https://url', 'file'])
      expect(before).toContain(`${text}-ada`);
    await erase('ada');
    const expected = before.replaceAll(/(Name|mail|Said|https:\/\/url|file)-ada/g, ERASED);
    const after = await dumpTables(store.reader);
    const { projection_checkpoints: _, ...tables } = after;
    const { projection_checkpoints: __, ...expectedTables } = JSON.parse(expected) as typeof after;
    expect(tables).toEqual(expectedTables);
  });

  it('is the same after a rebuild, also when the user came back in between', async () => {
    await live('ada', 'm1');
    await erase('ada');
    await live('ada', 'm2');
    const before = await dumpTables(store.reader);
    expect(JSON.stringify(before)).toContain('Name-ada');
    await runner.rebuild();
    expect(await dumpTables(store.reader)).toEqual(before);
  });

  it('is in none of the files in the plain, running or stopped, however much was written', async () => {
    for (let n = 0; n < 150; n += 1) await live(n % 3 === 0 ? 'ada' : 'grace', `m${n}`);
    const plain = (): string[] =>
      readdirSync(dataDir).filter(
        name =>
          name.startsWith('read-models') &&
          /(Name|mail|Said|url|file)-ada/.test(readFileSync(join(dataDir, name), 'latin1')),
      );
    expect(plain()).not.toEqual([]);
    await erase('ada');
    await store.truncate();
    expect(plain()).toEqual([]);
    await runner.stop();
    await store.close();
    expect(plain()).toEqual([]);
    await open();
  }, 180_000);

  it('is not left in the file of a rebuild in which the process died', async () => {
    await runner.stop();
    await store.close();
    writeFileSync(join(dataDir, 'read-models.db.rebuild'), 'Name-ada');
    await open();
    expect(readdirSync(dataDir)).not.toContain('read-models.db.rebuild');
  });
});
