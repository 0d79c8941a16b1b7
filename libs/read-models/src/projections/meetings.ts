import { sql } from 'kysely';
import { ERASED } from '#libs/domain';
import { projectionOf } from '../projection.js';

export const meetings = projectionOf(
  {
    name: 'meetings',
    version: 4,
    up: async db => {
      await db.schema
        .createTable('meetings')
        .addColumn('meeting_id', 'text', column => column.primaryKey())
        .addColumn('meeting_number', 'text', column => column.notNull())
        .addColumn('title', 'text', column => column.notNull())
        .addColumn('description', 'text')
        .addColumn('host_user_id', 'text', column => column.notNull())
        .addColumn('host_name', 'text', column => column.notNull())
        .addColumn('status', 'text', column => column.notNull())
        .addColumn('settings', 'text', column => column.notNull())
        .addColumn('created_at', 'text', column => column.notNull())
        .addColumn('scheduled_start_time', 'text')
        .addColumn('scheduled_end_time', 'text')
        .addColumn('started_at', 'text')
        .addColumn('ended_at', 'text')
        .addColumn('participant_count', 'integer', column => column.notNull().defaultTo(0))
        .addColumn('recording_id', 'text')
        .addColumn('media_worker_id', 'text')
        .addColumn('breakout_opened_at', 'text')
        .addColumn('breakout_closes_at', 'text')
        .execute();
      await db.schema
        .createIndex('meetings_by_host')
        .on('meetings')
        .columns(['host_user_id', 'created_at'])
        .execute();
      await db.schema
        .createIndex('meetings_by_status')
        .on('meetings')
        .columns(['status', 'created_at'])
        .execute();
      await db.schema.createIndex('meetings_by_number').on('meetings').column('meeting_number').execute();
      await db.schema
        .createIndex('meetings_by_media_worker')
        .on('meetings')
        .columns(['media_worker_id', 'status'])
        .execute();
    },
    down: async db => {
      await db.schema.dropTable('meetings').ifExists().execute();
    },
  },
  {
    MeetingCreated: (tx, data) =>
      tx
        .insertInto('meetings')
        .values({
          meeting_id: data.meetingId,
          meeting_number: data.meetingNumber,
          title: data.title,
          description: data.description ?? null,
          host_user_id: data.hostUserId,
          host_name: data.hostName,
          status: 'scheduled',
          settings: JSON.stringify(data.settings),
          created_at: data.createdAt,
          scheduled_start_time: data.scheduledStartTime ?? null,
          scheduled_end_time: data.scheduledEndTime ?? null,
        })
        .onConflict(conflict => conflict.doNothing())
        .execute(),
    MeetingStarted: (tx, { meetingId, startedAt }) =>
      tx
        .updateTable('meetings')
        .set({ status: 'active', started_at: startedAt })
        .where('meeting_id', '=', meetingId)
        .execute(),
    MeetingCancelled: (tx, { meetingId }) =>
      tx.updateTable('meetings').set({ status: 'cancelled' }).where('meeting_id', '=', meetingId).execute(),
    SecurityPolicyApplied: (tx, { meetingId, settings }) =>
      tx
        .updateTable('meetings')
        .set({ settings: JSON.stringify(settings) })
        .where('meeting_id', '=', meetingId)
        .execute(),
    HostChanged: (tx, { meetingId, hostUserId, hostName }) =>
      tx
        .updateTable('meetings')
        .set({ host_user_id: hostUserId, host_name: hostName })
        .where('meeting_id', '=', meetingId)
        .execute(),
    MeetingEnded: (tx, { meetingId, endedAt }) =>
      tx
        .updateTable('meetings')
        .set({ status: 'ended', ended_at: endedAt, participant_count: 0 })
        .where('meeting_id', '=', meetingId)
        .execute(),
    ParticipantJoined: (tx, { meetingId }) =>
      tx
        .updateTable('meetings')
        .set({ participant_count: sql`participant_count + 1` })
        .where('meeting_id', '=', meetingId)
        .execute(),
    ParticipantLeft: (tx, { meetingId }) =>
      tx
        .updateTable('meetings')
        .set({ participant_count: sql`participant_count - 1` })
        .where('meeting_id', '=', meetingId)
        .execute(),
    BreakoutRoomsOpened: (tx, { meetingId, openedAt, closesAt }) =>
      tx
        .updateTable('meetings')
        .set({ breakout_opened_at: closesAt ? openedAt : null, breakout_closes_at: closesAt ?? null })
        .where('meeting_id', '=', meetingId)
        .execute(),
    BreakoutRoomsClosed: (tx, { meetingId }) =>
      tx
        .updateTable('meetings')
        .set({ breakout_opened_at: null, breakout_closes_at: null })
        .where('meeting_id', '=', meetingId)
        .execute(),
    MediaPlaced: (tx, { meetingId, mediaWorkerId }) =>
      tx
        .updateTable('meetings')
        .set({ media_worker_id: mediaWorkerId })
        .where('meeting_id', '=', meetingId)
        .execute(),
    MeetingRecordingStarted: (tx, { meetingId, recordingId }) =>
      tx
        .updateTable('meetings')
        .set({ recording_id: recordingId })
        .where('meeting_id', '=', meetingId)
        .execute(),
    MeetingRecordingStopped: (tx, { meetingId }) =>
      tx.updateTable('meetings').set({ recording_id: null }).where('meeting_id', '=', meetingId).execute(),
    UserErased: (tx, { userId }) =>
      tx.updateTable('meetings').set({ host_name: ERASED }).where('host_user_id', '=', userId).execute(),
  },
);
