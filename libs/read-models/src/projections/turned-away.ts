import type { Transaction } from 'kysely';
import type { Database } from '../database.js';
import { projectionOf } from '../projection.js';

interface Person {
  readonly meetingId: string;
  readonly userId: string;
}

const turnAway = (
  tx: Transaction<Database>,
  meetingId: string,
  userIds: readonly string[],
  why: { readonly is_denied: 1 } | { readonly is_blocked: 1 },
): Promise<unknown> =>
  tx
    .insertInto('turned_away')
    .values(
      userIds.map(userId => ({
        meeting_id: meetingId,
        user_id: userId,
        is_denied: 0,
        is_blocked: 0,
        ...why,
      })),
    )
    .onConflict(conflict => conflict.columns(['meeting_id', 'user_id']).doUpdateSet(why))
    .execute();

const letIn = (tx: Transaction<Database>, { meetingId, userId }: Person): Promise<unknown> =>
  tx
    .updateTable('turned_away')
    .set({ is_denied: 0 })
    .where('meeting_id', '=', meetingId)
    .where('user_id', '=', userId)
    .execute();

/** Whoever is no longer blocked is no longer denied either, as the meeting has it. */
const block = async (
  tx: Transaction<Database>,
  meetingId: string,
  blockedUsers: readonly string[],
): Promise<void> => {
  await tx
    .deleteFrom('turned_away')
    .where('meeting_id', '=', meetingId)
    .where('is_blocked', '=', 1)
    .where('user_id', 'not in', blockedUsers)
    .execute();
  if (blockedUsers.length > 0) await turnAway(tx, meetingId, blockedUsers, { is_blocked: 1 });
};

export const turnedAway = projectionOf(
  {
    name: 'turned_away',
    version: 1,
    up: async db => {
      await db.schema
        .createTable('turned_away')
        .addColumn('meeting_id', 'text', column => column.notNull())
        .addColumn('user_id', 'text', column => column.notNull())
        .addColumn('is_denied', 'integer', column => column.notNull())
        .addColumn('is_blocked', 'integer', column => column.notNull())
        .addPrimaryKeyConstraint('turned_away_key', ['meeting_id', 'user_id'])
        .execute();
    },
    down: async db => {
      await db.schema.dropTable('turned_away').ifExists().execute();
    },
  },
  {
    MeetingCreated: (tx, { meetingId, settings }) => block(tx, meetingId, settings.blockedUsers),
    SecurityPolicyApplied: (tx, { meetingId, settings }) => block(tx, meetingId, settings.blockedUsers),
    ParticipantDenied: (tx, { meetingId, userId }) => turnAway(tx, meetingId, [userId], { is_denied: 1 }),
    ParticipantLeft: async (tx, { meetingId, userId, reason }) =>
      reason === 'removed' ? turnAway(tx, meetingId, [userId], { is_denied: 1 }) : undefined,
    ParticipantAdmitted: letIn,
    ParticipantJoined: letIn,
  },
);
