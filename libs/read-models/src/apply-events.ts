import type { Kysely } from 'kysely';
import { upcast } from '#libs/domain';
import type { Position, RecordedEvent } from '#libs/event-log';
import { writeCheckpoints } from './checkpoints.js';
import type { Database } from './database.js';
import type { Projection } from './projection.js';

/** A projection and how far its tables have come. */
export interface Progress {
  readonly projection: Projection;
  readonly types: ReadonlySet<string>;
  position: Position;
}

/** One projection could not apply an event; nothing of the batch was written. */
export class ProjectionFailed<P> extends Error {
  constructor(
    readonly projection: P,
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'ProjectionFailed';
  }
}

/**
 * Applies a stretch of the log to projections, and their checkpoints, in one transaction. Each takes only what lies beyond
 * its own position. `events` must be all of the log's after the lowest position among them, up to the last one given.
 * @throws ProjectionFailed
 */
export const applyEvents = async <P extends Progress>(
  db: Kysely<Database>,
  projections: readonly P[],
  events: readonly RecordedEvent[],
): Promise<void> => {
  const end = events.at(-1)?.position;
  if (end === undefined) return;
  const behind = projections.filter(({ position }) => position < end);
  if (behind.length === 0) return;
  await db.transaction().execute(async tx => {
    for (const progress of behind) {
      const { projection, types, position } = progress;
      const wanted = events.filter(event => event.position > position && types.has(event.type));
      if (wanted.length === 0) continue;
      try {
        await projection.apply(tx, wanted.map(upcast));
      } catch (error) {
        throw new ProjectionFailed(progress, error);
      }
    }
    await writeCheckpoints(
      tx,
      behind.map(({ projection }) => projection),
      end,
    );
  });
  for (const progress of behind) progress.position = end;
};
