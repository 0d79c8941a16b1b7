import type { Transaction } from 'kysely';
import type { Database } from '../database.js';
import { projectionOf } from '../projection.js';

/** A participant's stream and its meeting's are not ordered against each other: a producer may open after its meeting has gone on without it. */
const belongs = async (
  tx: Transaction<Database>,
  {
    participantId,
    meetingId,
    mediaWorkerId,
  }: { participantId: string; meetingId: string; mediaWorkerId: string },
): Promise<boolean> => {
  const seat = await tx
    .selectFrom('producer_seats')
    .select('participant_id')
    .where('participant_id', '=', participantId)
    .executeTakeFirst();
  const place = await tx
    .selectFrom('producer_places')
    .select('media_worker_id')
    .where('meeting_id', '=', meetingId)
    .executeTakeFirst();
  return seat !== undefined && (place === undefined || place.media_worker_id === mediaWorkerId);
};

export const producers = projectionOf(
  {
    name: 'producers',
    version: 2,
    up: async db => {
      await db.schema
        .createTable('producers')
        .addColumn('producer_id', 'text', column => column.primaryKey())
        .addColumn('participant_id', 'text', column => column.notNull())
        .addColumn('meeting_id', 'text', column => column.notNull())
        .addColumn('kind', 'text', column => column.notNull())
        .addColumn('source', 'text', column => column.notNull())
        .addColumn('media_worker_id', 'text', column => column.notNull())
        .addColumn('opened_at', 'text', column => column.notNull())
        .addColumn('position', 'integer', column => column.notNull())
        .execute();
      await db.schema
        .createIndex('producers_by_participant')
        .on('producers')
        .column('participant_id')
        .execute();
      await db.schema.createIndex('producers_by_meeting').on('producers').column('meeting_id').execute();
      await db.schema
        .createTable('producer_seats')
        .addColumn('participant_id', 'text', column => column.primaryKey())
        .addColumn('meeting_id', 'text', column => column.notNull())
        .execute();
      await db.schema
        .createIndex('producer_seats_by_meeting')
        .on('producer_seats')
        .column('meeting_id')
        .execute();
      await db.schema
        .createTable('producer_places')
        .addColumn('meeting_id', 'text', column => column.primaryKey())
        .addColumn('media_worker_id', 'text', column => column.notNull())
        .execute();
    },
    down: async db => {
      for (const table of ['producers', 'producer_seats', 'producer_places']) {
        await db.schema.dropTable(table).ifExists().execute();
      }
    },
  },
  {
    ParticipantJoined: (tx, { participantId, meetingId }) =>
      tx
        .insertInto('producer_seats')
        .values({ participant_id: participantId, meeting_id: meetingId })
        .onConflict(conflict => conflict.doNothing())
        .execute(),
    ParticipantLeft: async (tx, { participantId }) => {
      await tx.deleteFrom('producers').where('participant_id', '=', participantId).execute();
      await tx.deleteFrom('producer_seats').where('participant_id', '=', participantId).execute();
    },
    MeetingEnded: async (tx, { meetingId }) => {
      await tx.deleteFrom('producers').where('meeting_id', '=', meetingId).execute();
      await tx.deleteFrom('producer_seats').where('meeting_id', '=', meetingId).execute();
      await tx.deleteFrom('producer_places').where('meeting_id', '=', meetingId).execute();
    },
    MediaPlaced: async (tx, { meetingId, mediaWorkerId }) => {
      await tx
        .deleteFrom('producers')
        .where('meeting_id', '=', meetingId)
        .where('media_worker_id', '!=', mediaWorkerId)
        .execute();
      await tx
        .insertInto('producer_places')
        .values({ meeting_id: meetingId, media_worker_id: mediaWorkerId })
        .onConflict(conflict => conflict.column('meeting_id').doUpdateSet({ media_worker_id: mediaWorkerId }))
        .execute();
    },
    ProducerOpened: async (tx, data, { position }) => {
      if (!(await belongs(tx, data))) return;
      const row = {
        producer_id: data.producerId,
        participant_id: data.participantId,
        meeting_id: data.meetingId,
        kind: data.kind,
        source: data.source,
        media_worker_id: data.mediaWorkerId,
        opened_at: data.openedAt,
        position,
      };
      await tx
        .insertInto('producers')
        .values(row)
        .onConflict(conflict => conflict.column('producer_id').doUpdateSet(row))
        .execute();
    },
    ProducerClosed: (tx, { producerId, participantId }) =>
      tx
        .deleteFrom('producers')
        .where('producer_id', '=', producerId)
        .where('participant_id', '=', participantId)
        .execute(),
  },
);
