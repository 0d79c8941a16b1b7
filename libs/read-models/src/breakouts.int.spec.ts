import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DEFAULT_SETTINGS } from '#libs/domain';
import { dumpTables } from './dump-tables.js';
import { openTestBed, type TestBed } from './open-test-bed.js';
import type { ProjectionRunner } from './projection-runner.js';

const meetingId = 'm1';
const joined = (userId: string): [string, object] => [
  'ParticipantJoined',
  {
    meetingId,
    participantId: `p-${userId}`,
    userId,
    displayName: userId,
    role: 'attendee',
    joinedAt: 'now',
  },
];
const moved = (type: string, userId: string, roomId: string): [string, object] => [
  type,
  { meetingId, participantId: `p-${userId}`, userId, roomId, assignmentType: 'self' },
];
const opened = (more = {}): [string, object] => [
  'BreakoutRoomsOpened',
  { meetingId, rooms: [], openedBy: 'ada', openedAt: '2026-11-22T10:00:00.000Z', ...more },
];

describe('breakout rooms in the read models', () => {
  let bed: TestBed;
  let runner: ProjectionRunner;
  beforeEach(async () => {
    bed = await openTestBed();
    runner = bed.runner();
    await runner.start();
    await happens([
      'MeetingCreated',
      {
        meetingId,
        meetingNumber: '1',
        title: 'T',
        hostUserId: 'ada',
        hostName: 'Ada',
        settings: DEFAULT_SETTINGS,
        createdAt: 'now',
      },
    ]);
    await happens(joined('ada'), joined('grace'));
  });
  afterEach(() => bed.close());
  const happens = async (...events: [string, object][]): Promise<void> => {
    await bed.append(`meeting-${meetingId}`, ...events);
    await runner.caughtUp(await bed.log.head());
  };
  const where = async () => {
    const rows = await bed.store.reader
      .selectFrom('participants')
      .select(['user_id', 'breakout_room_id'])
      .orderBy('user_id')
      .execute();
    return rows.map(row => [row.user_id, row.breakout_room_id]);
  };

  it('tell where everybody is', async () => {
    await happens(opened(), moved('BreakoutRoomAssigned', 'grace', 'red'));
    expect(await where()).toEqual([
      ['ada', null],
      ['grace', 'red'],
    ]);
    await happens(
      moved('BreakoutRoomAssigned', 'grace', 'blue'),
      moved('BreakoutRoomAssigned', 'ada', 'red'),
    );
    expect(await where()).toEqual([
      ['ada', 'red'],
      ['grace', 'blue'],
    ]);
    await happens(moved('BreakoutRoomLeft', 'grace', 'blue'));
    expect(await where()).toEqual([
      ['ada', 'red'],
      ['grace', null],
    ]);
    await happens(['BreakoutRoomsClosed', { meetingId, reason: 'closed' }]);
    expect(await where()).toEqual([
      ['ada', null],
      ['grace', null],
    ]);
  });

  it('keep who was in which room, once each, after it closed too', async () => {
    await happens(
      opened(),
      moved('BreakoutRoomAssigned', 'grace', 'red'),
      moved('BreakoutRoomAssigned', 'grace', 'blue'),
      moved('BreakoutRoomAssigned', 'grace', 'red'),
      ['BreakoutRoomsClosed', { meetingId, reason: 'closed' }],
    );
    const visits = await bed.store.reader
      .selectFrom('breakout_visits')
      .selectAll()
      .orderBy('room_id')
      .execute();
    expect(visits.map(visit => ({ ...visit }))).toEqual([
      { meeting_id: meetingId, user_id: 'grace', room_id: 'blue' },
      { meeting_id: meetingId, user_id: 'grace', room_id: 'red' },
    ]);
  });

  it('tell when they close, as long as they are open', async () => {
    const closes = async () => {
      const { breakout_opened_at, breakout_closes_at } = await bed.store.reader
        .selectFrom('meetings')
        .selectAll()
        .executeTakeFirstOrThrow();
      return [breakout_opened_at, breakout_closes_at];
    };
    await happens(opened());
    expect(await closes()).toEqual([null, null]);
    await happens(['BreakoutRoomsClosed', { meetingId, reason: 'closed' }]);
    const closesAt = '2026-11-22T10:30:00.000Z';
    await happens(opened({ timeLimitMinutes: 30, closesAt }));
    expect(await closes()).toEqual(['2026-11-22T10:00:00.000Z', closesAt]);
    await happens(['BreakoutRoomsClosed', { meetingId, reason: 'time-limit' }]);
    expect(await closes()).toEqual([null, null]);
  });

  it('know in which room a message was written, and which go to all', async () => {
    const said = (messageId: string, more: object): [string, object] => [
      'ChatMessageSent',
      {
        messageId,
        meetingId,
        senderId: 'grace',
        senderParticipantId: 'p-grace',
        senderName: 'grace',
        content: 'x',
        messageType: 'text',
        sentAt: 'now',
        ...more,
      },
    ];
    await bed.append(
      `chat-${meetingId}`,
      said('c1', {}),
      said('c2', { breakoutRoomId: 'red' }),
      said('c3', { isBroadcast: true }),
    );
    await runner.caughtUp(await bed.log.head());
    const rows = await bed.store.reader
      .selectFrom('chat_messages')
      .select(['message_id', 'breakout_room_id', 'is_broadcast'])
      .orderBy('position')
      .execute();
    expect(rows.map(row => ({ ...row }))).toEqual([
      { message_id: 'c1', breakout_room_id: null, is_broadcast: 0 },
      { message_id: 'c2', breakout_room_id: 'red', is_broadcast: 0 },
      { message_id: 'c3', breakout_room_id: null, is_broadcast: 1 },
    ]);
  });

  it('are the same after a rebuild', async () => {
    await happens(
      opened({ timeLimitMinutes: 30, closesAt: '2026-11-22T10:30:00.000Z' }),
      moved('BreakoutRoomAssigned', 'grace', 'red'),
    );
    const before = await dumpTables(bed.store.reader);
    await runner.rebuild();
    expect(await dumpTables(bed.store.reader)).toEqual(before);
  });
});
