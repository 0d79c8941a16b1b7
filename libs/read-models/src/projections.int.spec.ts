import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ChatMessage, DomainEvent } from '#libs/domain';
import { dumpTables } from './dump-tables.js';
import { openTestBed, type TestBed } from './open-test-bed.js';
import type { ProjectionRunner } from './projection-runner.js';
import { anySteps, RandomWorld } from './random-world.js';

let bed: TestBed;
let runner: ProjectionRunner;
beforeAll(async () => {
  bed = await openTestBed();
  runner = bed.runner();
  await runner.start();
});
afterAll(() => bed.close());

let worlds = 0;
/** The ids of a world made its own, so that many worlds share one log. */
const renamed = <T>(value: T, world: number): T =>
  JSON.parse(JSON.stringify(value), (key, part: unknown) =>
    typeof part === 'string' && /^(m|p|r|producer-|message-|room-)\d+$/.test(part)
      ? `${world}:${part}`
      : part,
  ) as T;

const record = async (world: RandomWorld): Promise<number> => {
  const number = worlds++;
  // Neighbours of one stream go together, as a command's events do.
  const appends: { stream: string; events: DomainEvent[] }[] = [];
  for (const { stream, event } of world.happened) {
    if (appends.at(-1)?.stream !== stream) appends.push({ stream, events: [] });
    appends.at(-1)!.events.push(renamed(event, number));
  }
  for (const { stream, events } of appends) {
    await bed.append(
      `${stream}:${number}`,
      ...events.map(({ type, data }) => [type, data as object] as const),
    );
  }
  await runner.caughtUp(await bed.log.head());
  return number;
};

describe('after any history', () => {
  it(
    'the tables say what the aggregates say',
    () =>
      fc.assert(
        fc.asyncProperty(anySteps, async steps => {
          const world = new RandomWorld();
          for (const step of steps) world.take(step);
          const own = `${await record(world)}:`;
          const { reader } = bed.store;
          for (const id of ['m0', 'm1']) {
            const meetingId = own + id;
            const state = world.meeting(id);
            const row = await reader
              .selectFrom('meetings')
              .selectAll()
              .where('meeting_id', '=', meetingId)
              .executeTakeFirstOrThrow();
            expect({ ...row, settings: JSON.parse(row.settings) as unknown }).toMatchObject({
              title: state.title,
              host_user_id: state.hostUserId,
              host_name: state.hostName,
              breakout_closes_at: state.breakout?.closesAt ?? null,
              status: state.status,
              settings: state.settings,
              started_at: state.startedAt ?? null,
              ended_at: state.endedAt ?? null,
              participant_count: Object.keys(state.roster).length,
              recording_id: state.recordingId === undefined ? null : own + state.recordingId,
              media_worker_id: state.mediaWorkerId ?? null,
            });
            const waiting = await reader
              .selectFrom('waiting')
              .select(['user_id', 'display_name', 'waiting_since'])
              .where('meeting_id', '=', meetingId)
              .orderBy('user_id')
              .execute();
            expect(waiting.map(row => ({ ...row }))).toEqual(
              Object.entries(state.waiting)
                .map(([user_id, { displayName, waitingSince }]) => ({
                  user_id,
                  display_name: displayName,
                  waiting_since: waitingSince,
                }))
                .toSorted((a, b) => (a.user_id < b.user_id ? -1 : 1)),
            );
            const away = await reader
              .selectFrom('turned_away')
              .selectAll()
              .where('meeting_id', '=', meetingId)
              .execute();
            const awayFor = (why: 'is_denied' | 'is_blocked'): string[] =>
              away.flatMap(row => (row[why] ? row.user_id : [])).toSorted();
            expect(awayFor('is_denied')).toEqual(state.denied.toSorted());
            expect(awayFor('is_blocked')).toEqual(state.settings.blockedUsers.toSorted());
            const seats = await reader
              .selectFrom('participants')
              .selectAll()
              .where('meeting_id', '=', meetingId)
              .where('left_at', 'is', null)
              .execute();
            expect(seats.map(({ participant_id }) => participant_id).toSorted()).toEqual(
              Object.values(state.roster)
                .map(({ participantId }) => own + participantId)
                .toSorted(),
            );
            const producers = await reader
              .selectFrom('producers')
              .selectAll()
              .where('meeting_id', '=', meetingId)
              .execute();
            const open: string[] = [];
            for (const seat of Object.values(state.roster)) {
              const participant = world.participant(seat.participantId);
              const row = seats.find(({ participant_id }) => participant_id === own + seat.participantId);
              expect(row).toMatchObject({
                user_id: seat.userId,
                display_name: seat.displayName,
                email: seat.userId === 'u1' ? 'u1@example.org' : null,
                role: seat.role,
                breakout_room_id: seat.breakoutRoomId ?? null,
                joined_at: seat.joinedAt,
                device_type: participant.deviceType,
                is_muted: Number(participant.isMuted),
                is_video_on: Number(participant.isVideoOn),
                is_screen_sharing: Number(participant.isScreenSharing),
                is_hand_raised: Number(participant.isHandRaised),
                connected: participant.connections.length,
              });
              for (const producer of Object.values(participant.producers)) {
                if (producer.mediaWorkerId === (state.mediaWorkerId ?? producer.mediaWorkerId)) {
                  open.push(own + producer.producerId);
                }
              }
            }
            const shown = producers.map(({ producer_id }) => producer_id);
            expect(open).toEqual(expect.arrayContaining(shown));
            // One that opened on a worker before the meeting came there is shown nowhere; every other is.
            const placed = world.happened.findLastIndex(
              ({ stream, event }) => stream === `meeting-${id}` && event.type === 'MediaPlaced',
            );
            const openedSince = world.happened
              .slice(placed + 1)
              .filter(({ event }) => event.type === 'ProducerOpened')
              .map(({ event }) => own + (event.data as { producerId: string }).producerId);
            expect(shown).toEqual(
              expect.arrayContaining(open.filter(producer => openedSince.includes(producer))),
            );
          }
          const recordings = await reader
            .selectFrom('recordings')
            .selectAll()
            .where('recording_id', 'like', `${own}%`)
            .execute();
          for (const row of recordings) {
            const state = world.recording(row.recording_id.slice(own.length));
            expect(row).toMatchObject({
              status: state.status,
              percent: state.percent,
              tracks: Object.keys(state.tracks).length,
              attempt: state.attempt,
              recorder_id: state.recorderId ?? null,
              ip: state.ip ?? null,
              port: state.port ?? null,
              started_at: state.startedAt,
              stopped_at: state.stoppedAt ?? null,
            });
          }
          const messages = await reader
            .selectFrom('chat_messages')
            .select(['message_id', 'recipient_id', 'breakout_room_id', 'is_broadcast'])
            .where('message_id', 'like', `${own}%`)
            .orderBy('position')
            .execute();
          expect(messages.map(row => ({ ...row }))).toEqual(
            world.happened
              .filter(({ event }) => event.type === 'ChatMessageSent')
              .map(({ event }) => event.data as ChatMessage)
              .map(({ messageId, recipientId, breakoutRoomId, isBroadcast }) => ({
                message_id: own + messageId,
                recipient_id: recipientId ?? null,
                breakout_room_id: breakoutRoomId ?? null,
                is_broadcast: Number(isBroadcast ?? false),
              })),
          );
          expect(bed.errors).toEqual([]);
        }),
        { numRuns: 60 },
      ),
    240_000,
  );

  it('a rebuild gives the same rows, in every table', async () => {
    const before = await dumpTables(bed.store.reader);
    for (const table of [
      'meetings',
      'participants',
      'producers',
      'waiting',
      'chat_messages',
      'recordings',
      'rooms',
    ]) {
      expect([table, before[table]!.length]).not.toEqual([table, 0]);
    }
    await runner.rebuild();
    expect(await dumpTables(bed.store.reader)).toEqual(before);
  });

  it('a rebuild of one projection leaves the others alone, and gives the same rows', async () => {
    const before = await dumpTables(bed.store.reader);
    for (const { name } of runner.status()) {
      await runner.rebuild([name]);
      expect(await dumpTables(bed.store.reader)).toEqual(before);
    }
  });
});
