import { projectionOf } from '../projection.js';

export const rooms = projectionOf(
  {
    name: 'rooms',
    version: 1,
    up: async db => {
      await db.schema
        .createTable('rooms')
        .addColumn('name', 'text', column => column.primaryKey())
        .addColumn('meeting_id', 'text', column => column.notNull())
        .addColumn('opened_by', 'text', column => column.notNull())
        .addColumn('opened_at', 'text', column => column.notNull())
        .execute();
      await db.schema.createIndex('rooms_by_meeting').on('rooms').column('meeting_id').execute();
    },
    down: async db => {
      await db.schema.dropTable('rooms').ifExists().execute();
    },
  },
  {
    RoomOpened: (tx, { name, meetingId, openedBy, openedAt }) => {
      const row = { meeting_id: meetingId, opened_by: openedBy, opened_at: openedAt };
      return tx
        .insertInto('rooms')
        .values({ name, ...row })
        .onConflict(conflict => conflict.column('name').doUpdateSet(row))
        .execute();
    },
  },
);
