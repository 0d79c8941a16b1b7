import { sql, type Transaction } from 'kysely';
import { ERASED } from '#libs/domain';
import type { Database, Flag } from '../database.js';
import { projectionOf } from '../projection.js';

type FlagColumn = 'is_muted' | 'is_video_on' | 'is_screen_sharing' | 'is_hand_raised';

const setFlag =
  (column: FlagColumn, value: Flag) =>
  (tx: Transaction<Database>, { participantId }: { readonly participantId: string }): Promise<unknown> =>
    tx
      .updateTable('participants')
      .set({ [column]: value })
      .where('participant_id', '=', participantId)
      .execute();

export const participants = projectionOf(
  {
    name: 'participants',
    version: 3,
    up: async db => {
      await db.schema
        .createTable('participants')
        .addColumn('participant_id', 'text', column => column.primaryKey())
        .addColumn('meeting_id', 'text', column => column.notNull())
        .addColumn('user_id', 'text', column => column.notNull())
        .addColumn('display_name', 'text', column => column.notNull())
        .addColumn('email', 'text')
        .addColumn('role', 'text', column => column.notNull())
        .addColumn('joined_at', 'text', column => column.notNull())
        .addColumn('left_at', 'text')
        .addColumn('leave_reason', 'text')
        .addColumn('device_type', 'text', column => column.notNull().defaultTo('other'))
        .addColumn('is_muted', 'integer', column => column.notNull().defaultTo(0))
        .addColumn('is_video_on', 'integer', column => column.notNull().defaultTo(0))
        .addColumn('is_screen_sharing', 'integer', column => column.notNull().defaultTo(0))
        .addColumn('is_hand_raised', 'integer', column => column.notNull().defaultTo(0))
        .addColumn('connected', 'integer', column => column.notNull().defaultTo(0))
        .addColumn('breakout_room_id', 'text')
        .execute();
      await db.schema
        .createIndex('participants_by_meeting')
        .on('participants')
        .columns(['meeting_id', 'left_at', 'joined_at'])
        .execute();
      await db.schema
        .createIndex('participants_by_user')
        .on('participants')
        .columns(['user_id', 'meeting_id'])
        .execute();
    },
    down: async db => {
      await db.schema.dropTable('participants').ifExists().execute();
    },
  },
  {
    ParticipantJoined: (tx, data) => {
      const seat = {
        meeting_id: data.meetingId,
        user_id: data.userId,
        display_name: data.displayName,
        email: data.email ?? null,
        role: data.role,
        joined_at: data.joinedAt,
        left_at: null,
        leave_reason: null,
        breakout_room_id: null,
      };
      return tx
        .insertInto('participants')
        .values({ participant_id: data.participantId, ...seat })
        .onConflict(conflict => conflict.column('participant_id').doUpdateSet(seat))
        .execute();
    },
    ParticipantLeft: (tx, { participantId, reason, leftAt }) =>
      tx
        .updateTable('participants')
        .set({ left_at: leftAt, leave_reason: reason })
        .where('participant_id', '=', participantId)
        .execute(),
    BreakoutRoomAssigned: (tx, { participantId, roomId }) =>
      tx
        .updateTable('participants')
        .set({ breakout_room_id: roomId })
        .where('participant_id', '=', participantId)
        .execute(),
    BreakoutRoomLeft: (tx, { participantId }) =>
      tx
        .updateTable('participants')
        .set({ breakout_room_id: null })
        .where('participant_id', '=', participantId)
        .execute(),
    BreakoutRoomsClosed: (tx, { meetingId }) =>
      tx
        .updateTable('participants')
        .set({ breakout_room_id: null })
        .where('meeting_id', '=', meetingId)
        .where('left_at', 'is', null)
        .execute(),
    ParticipantRoleChanged: (tx, { participantId, role }) =>
      tx.updateTable('participants').set({ role }).where('participant_id', '=', participantId).execute(),
    ParticipantSeated: (tx, { participantId, deviceType, isMuted, isVideoOn }) =>
      tx
        .updateTable('participants')
        .set({ device_type: deviceType, is_muted: Number(isMuted), is_video_on: Number(isVideoOn) })
        .where('participant_id', '=', participantId)
        .execute(),
    ParticipantConnected: (tx, { participantId }) =>
      tx
        .updateTable('participants')
        .set({ connected: sql`connected + 1` })
        .where('participant_id', '=', participantId)
        .execute(),
    ParticipantDisconnected: (tx, { participantId }) =>
      tx
        .updateTable('participants')
        .set({ connected: sql`connected - 1` })
        .where('participant_id', '=', participantId)
        .execute(),
    UserErased: (tx, { userId }) =>
      tx
        .updateTable('participants')
        .set(eb => ({
          display_name: ERASED,
          email: eb.case().when('email', 'is not', null).then(ERASED).else(null).end(),
        }))
        .where('user_id', '=', userId)
        .execute(),
    AudioMuted: setFlag('is_muted', 1),
    AudioUnmuted: setFlag('is_muted', 0),
    VideoTurnedOn: setFlag('is_video_on', 1),
    VideoTurnedOff: setFlag('is_video_on', 0),
    ScreenShareStarted: setFlag('is_screen_sharing', 1),
    ScreenShareStopped: setFlag('is_screen_sharing', 0),
    HandRaised: setFlag('is_hand_raised', 1),
    HandLowered: setFlag('is_hand_raised', 0),
  },
);
