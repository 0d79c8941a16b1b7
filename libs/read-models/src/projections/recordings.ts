import { sql } from 'kysely';
import { projectionOf } from '../projection.js';

export const recordings = projectionOf(
  {
    name: 'recordings',
    version: 1,
    up: async db => {
      await db.schema
        .createTable('recordings')
        .addColumn('recording_id', 'text', column => column.primaryKey())
        .addColumn('meeting_id', 'text', column => column.notNull())
        .addColumn('title', 'text', column => column.notNull())
        .addColumn('status', 'text', column => column.notNull())
        .addColumn('percent', 'integer', column => column.notNull().defaultTo(0))
        .addColumn('tracks', 'integer', column => column.notNull().defaultTo(0))
        .addColumn('started_by', 'text', column => column.notNull())
        .addColumn('started_at', 'text', column => column.notNull())
        .addColumn('stopped_by', 'text')
        .addColumn('stopped_at', 'text')
        .addColumn('completed_at', 'text')
        .addColumn('failed_at', 'text')
        .addColumn('failure_reason', 'text')
        .addColumn('duration_seconds', 'real')
        .addColumn('file_size_bytes', 'integer')
        .addColumn('width', 'integer')
        .addColumn('height', 'integer')
        .addColumn('attempt', 'integer', column => column.notNull().defaultTo(0))
        .addColumn('recorder_id', 'text')
        .addColumn('ip', 'text')
        .addColumn('port', 'integer')
        .execute();
      await db.schema
        .createIndex('recordings_by_meeting')
        .on('recordings')
        .columns(['meeting_id', 'started_at'])
        .execute();
      await db.schema
        .createIndex('recordings_by_status')
        .on('recordings')
        .columns(['status', 'started_at'])
        .execute();
    },
    down: async db => {
      await db.schema.dropTable('recordings').ifExists().execute();
    },
  },
  {
    RecordingCreated: (tx, data) =>
      tx
        .insertInto('recordings')
        .values({
          recording_id: data.recordingId,
          meeting_id: data.meetingId,
          title: data.title,
          status: 'recording',
          started_by: data.startedBy,
          started_at: data.startedAt,
        })
        .onConflict(conflict => conflict.doNothing())
        .execute(),
    CaptureStarted: (tx, { recordingId, attempt, recorderId, ip, port }) =>
      tx
        .updateTable('recordings')
        .set({ attempt, recorder_id: recorderId, ip, port })
        .where('recording_id', '=', recordingId)
        .execute(),
    TrackAdded: (tx, { recordingId }) =>
      tx
        .updateTable('recordings')
        .set({ tracks: sql`tracks + 1` })
        .where('recording_id', '=', recordingId)
        .execute(),
    RecordingStopped: (tx, { recordingId, stoppedBy, stoppedAt }) =>
      tx
        .updateTable('recordings')
        .set({ status: 'processing', stopped_by: stoppedBy, stopped_at: stoppedAt })
        .where('recording_id', '=', recordingId)
        .execute(),
    CompositionProgressed: (tx, { recordingId, percent }) =>
      tx.updateTable('recordings').set({ percent }).where('recording_id', '=', recordingId).execute(),
    RecordingCompleted: (tx, data) =>
      tx
        .updateTable('recordings')
        .set({
          status: 'completed',
          percent: 100,
          completed_at: data.completedAt,
          duration_seconds: data.durationSeconds,
          file_size_bytes: data.fileSizeBytes,
          width: data.width,
          height: data.height,
        })
        .where('recording_id', '=', data.recordingId)
        .execute(),
    RecordingFailed: (tx, { recordingId, reason, failedAt }) =>
      tx
        .updateTable('recordings')
        .set({ status: 'failed', failure_reason: reason, failed_at: failedAt })
        .where('recording_id', '=', recordingId)
        .execute(),
  },
);
