import { projectionOf } from '../projection.js';

export const breakoutVisits = projectionOf(
  {
    name: 'breakout_visits',
    version: 1,
    up: async db => {
      await db.schema
        .createTable('breakout_visits')
        .addColumn('meeting_id', 'text', column => column.notNull())
        .addColumn('user_id', 'text', column => column.notNull())
        .addColumn('room_id', 'text', column => column.notNull())
        .addPrimaryKeyConstraint('breakout_visits_key', ['meeting_id', 'user_id', 'room_id'])
        .execute();
    },
    down: async db => {
      await db.schema.dropTable('breakout_visits').ifExists().execute();
    },
  },
  {
    BreakoutRoomAssigned: (tx, { meetingId, userId, roomId }) =>
      tx
        .insertInto('breakout_visits')
        .values({ meeting_id: meetingId, user_id: userId, room_id: roomId })
        .onConflict(conflict => conflict.doNothing())
        .execute(),
  },
);
