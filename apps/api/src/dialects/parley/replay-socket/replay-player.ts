/** What the player must know of the events: when each happened, and whether more may come. */
export interface Score {
  /** Milliseconds since 1970, never falling. */
  readonly at: readonly number[];
  /** Whether the meeting has not ended. */
  readonly live: boolean;
}

/** Where a replay stands, and how it goes on. */
export interface Player {
  /** Index of the event that comes next: so many have happened. */
  readonly next: number;
  /** Milliseconds of the meeting that have passed of the gap before that event. */
  readonly waited: number;
  /** What the clock said when `waited` was right. */
  readonly since: number;
  readonly playing: boolean;
  /** Milliseconds of the meeting in one of the clock. */
  readonly speed: number;
  /** The longest that a gap may be, in milliseconds of the meeting. */
  readonly maxGapMs: number;
  /** Whether it goes on at the end with what comes new. */
  readonly follow: boolean;
  /** What was told of the end since it was reached; what comes new is no longer waited for then. */
  readonly toldEnd?: 'live' | 'over';
}

type Order =
  | {
      readonly type: 'play';
      readonly speed?: number;
      /** Null: as long as they were. */
      readonly maxGapMs?: number | null;
      readonly follow?: boolean;
    }
  | { readonly type: 'pause' }
  | { readonly type: 'speed'; readonly speed: number }
  /** Back where the count is negative. */
  | { readonly type: 'step'; readonly count: number }
  | { readonly type: 'seek'; readonly next: number; readonly waited: number }
  | { readonly type: 'state' }
  | { readonly type: 'ping' };

/** What a client asks for; the id comes back in the one answer to it. Whatever is left out stays as it is. */
export type PlayerCommand = Order & { readonly id?: string | number };

/** Where the player stood at an output. */
interface Place {
  /** Events that have happened. */
  readonly index: number;
  /** The moment of the meeting, in milliseconds since 1970. */
  readonly at: number;
}
export type PlayerOutput =
  /** The events from one index to before another one. */
  | { readonly type: 'events'; readonly from: number; readonly to: number }
  | ({
      readonly type: 'playing' | 'paused' | 'state' | 'ended' | 'pong';
      readonly id?: string | number;
    } & Place);

export interface Advance {
  readonly player: Player;
  readonly outputs: readonly PlayerOutput[];
  /** When to come back with a tick, by the same clock; never, when absent. */
  readonly wakeAt?: number;
}

/** Events of one tick at most; the rest comes with the next one, so that commands find their way in between. */
const SLICE = 256;

/** A player at the beginning. */
export const stoppedPlayer: Player = {
  next: 0,
  waited: 0,
  since: 0,
  playing: false,
  speed: 1,
  maxGapMs: Infinity,
  follow: false,
};

const gapBefore = ({ at }: Score, { maxGapMs, toldEnd }: Player, index: number): number => {
  const before = at[index - 1];
  // Whoever has reached the end of a meeting that goes on sees what comes when it comes.
  if (before === undefined || toldEnd) return 0;
  return Math.min((at[index] ?? before) - before, maxGapMs);
};

const momentOf = ({ at }: Score, { next, waited }: Player): number => {
  const before = at[next - 1];
  if (before === undefined) return at[0] ?? 0;
  return Math.min(before + waited, at[next] ?? before);
};

/** Delivers what is due by now. */
const run = (score: Score, player: Player, now: number): Advance => {
  if (!player.playing) return { player, outputs: [] };
  let waited = player.waited + Math.max(0, now - player.since) * player.speed;
  let { next } = player;
  const stop = Math.min(score.at.length, next + SLICE);
  for (; next < stop; next += 1) {
    const gap = gapBefore(score, player, next);
    if (waited < gap) break;
    waited -= gap;
  }
  const outputs: PlayerOutput[] = next > player.next ? [{ type: 'events', from: player.next, to: next }] : [];
  if (next < score.at.length) return { player: { ...player, next, waited, since: now }, outputs };

  const there: Player = { ...player, next, waited: 0, since: now };
  const end = score.live ? 'live' : 'over';
  if (player.toldEnd === end) return { player: there, outputs };
  return {
    player: { ...there, playing: player.follow, toldEnd: player.follow ? end : undefined },
    outputs: [...outputs, { type: 'ended', index: next, at: momentOf(score, there) }],
  };
};

/** What a command makes of a player that is up to date. */
const obey = (score: Score, player: Player, command: PlayerCommand, now: number): Advance => {
  const answer = (
    changed: Partial<Player>,
    type: Exclude<PlayerOutput['type'], 'events'>,
    before: readonly PlayerOutput[] = [],
  ): Advance => {
    const then = { ...player, since: now, ...changed };
    const place = { index: then.next, at: momentOf(score, then) };
    const id = command.id === undefined ? {} : { id: command.id };
    return { player: then, outputs: [...before, { type, ...id, ...place }] };
  };
  const { next } = player;
  switch (command.type) {
    case 'play': {
      const { speed = player.speed, maxGapMs = player.maxGapMs, follow = player.follow } = command;
      return answer(
        { playing: true, toldEnd: undefined, speed, maxGapMs: maxGapMs ?? Infinity, follow },
        'playing',
      );
    }
    case 'pause': {
      // What is overdue stays due at once, and no more than that.
      const waited = Math.min(player.waited, gapBefore(score, player, next));
      return answer({ playing: false, toldEnd: undefined, waited }, 'paused');
    }
    case 'speed':
      return answer({ speed: command.speed }, player.playing ? 'playing' : 'paused');
    case 'step': {
      const to = Math.min(score.at.length, Math.max(0, next + command.count));
      const stopped = { playing: false, toldEnd: undefined, next: to, waited: 0 };
      if (command.count < 0) return answer(stopped, 'state');
      const events: PlayerOutput[] = to > next ? [{ type: 'events', from: next, to }] : [];
      return answer(stopped, to === score.at.length ? 'ended' : 'paused', events);
    }
    case 'seek':
      return answer({ toldEnd: undefined, next: command.next, waited: command.waited }, 'state');
    case 'state':
      return answer({}, 'state');
    case 'ping':
      return answer({}, 'pong');
  }
};

const wakeAt = (score: Score, player: Player, now: number): number | undefined => {
  if (!player.playing) return undefined;
  if (player.next === score.at.length) {
    return player.toldEnd === (score.live ? 'live' : 'over') ? undefined : now;
  }
  const rest = gapBefore(score, player, player.next) - player.waited;
  // Whole milliseconds: a fraction could be lost in a large clock, and the tick come again and again.
  return rest <= 0 ? now : now + Math.ceil(rest / player.speed);
};

/**
 * One step of a replay: what is due is delivered, then the command carried out. A tick says that time has passed, or that
 * the score has grown. Playing keeps the gaps of the events, divided by the speed; a pause keeps what has passed of one.
 * Between two changes of place every event is delivered once, in order.
 * @param now milliseconds of any clock that does not go back
 */
export const advance = (
  score: Score,
  player: Player,
  input: PlayerCommand | { readonly type: 'tick' },
  now: number,
): Advance => {
  const ran = run(score, player, now);
  const obeyed = input.type === 'tick' ? undefined : obey(score, ran.player, input, now);
  const after = obeyed?.player ?? ran.player;
  const wake = wakeAt(score, after, now);
  return {
    player: after,
    outputs: [...ran.outputs, ...(obeyed?.outputs ?? [])],
    ...(wake !== undefined && { wakeAt: wake }),
  };
};
