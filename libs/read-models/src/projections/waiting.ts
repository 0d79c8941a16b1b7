import type { Transaction } from 'kysely';
import { ERASED } from '#libs/domain';
import type { Database } from '../database.js';
import { projectionOf } from '../projection.js';

const noLongerWaits = (
  tx: Transaction<Database>,
  { meetingId, userId }: { readonly meetingId: string; readonly userId: string },
): Promise<unknown> =>
  tx.deleteFrom('waiting').where('meeting_id', '=', meetingId).where('user_id', '=', userId).execute();

export const waiting = projectionOf(
  {
    name: 'waiting',
    version: 3,
    up: async db => {
      await db.schema
        .createTable('waiting')
        .addColumn('meeting_id', 'text', column => column.notNull())
        .addColumn('user_id', 'text', column => column.notNull())
        .addColumn('display_name', 'text', column => column.notNull())
        .addColumn('waiting_since', 'text', column => column.notNull())
        .addPrimaryKeyConstraint('waiting_key', ['meeting_id', 'user_id'])
        .execute();
    },
    down: async db => {
      await db.schema.dropTable('waiting').ifExists().execute();
    },
  },
  {
    ParticipantWaiting: (tx, data) => {
      const row = { display_name: data.displayName, waiting_since: data.waitingSince };
      return tx
        .insertInto('waiting')
        .values({ meeting_id: data.meetingId, user_id: data.userId, ...row })
        .onConflict(conflict => conflict.columns(['meeting_id', 'user_id']).doUpdateSet(row))
        .execute();
    },
    ParticipantAdmitted: noLongerWaits,
    ParticipantDenied: noLongerWaits,
    ParticipantStoppedWaiting: noLongerWaits,
    ParticipantJoined: noLongerWaits,
    UserErased: (tx, { userId }) =>
      tx.updateTable('waiting').set({ display_name: ERASED }).where('user_id', '=', userId).execute(),
    MeetingEnded: (tx, { meetingId }) =>
      tx.deleteFrom('waiting').where('meeting_id', '=', meetingId).execute(),
  },
);
