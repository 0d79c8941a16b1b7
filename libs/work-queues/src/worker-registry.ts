import type { Redis } from 'ioredis';

export type WorkerKind = 'media' | 'recorder';

/** One process of several alike. `slot` stays the same over restarts, `id` does not. */
export interface WorkerIdentity {
  readonly id: string;
  readonly slot: string;
}

const BEAT_EVERY_MS = 500;
const DEAD_AFTER_MS = 2000;

// One hash per kind: slot -> "since beat id", times in milliseconds by Redis' own clock, so that the machines' clocks
// need not agree. A slot belongs to the process that came last; an older one's beats no longer count.
const BEAT = `
local now = redis.call('TIME')
now = now[1] * 1000 + math.floor(now[2] / 1000)
local since = tonumber(ARGV[3])
if since == 0 then since = now end
local held = redis.call('HGET', KEYS[1], ARGV[1])
if held then
  local heldSince, heldBeat, heldId = string.match(held, '^(%d+) (%d+) (.*)$')
  if heldId ~= ARGV[2] and tonumber(heldSince) > since and now - tonumber(heldBeat) < tonumber(ARGV[4]) then return since end
end
redis.call('HSET', KEYS[1], ARGV[1], string.format('%d %d %s', since, now, ARGV[2]))
return since`;

const STOP = `
local held = redis.call('HGET', KEYS[1], ARGV[1])
if held and string.match(held, '^%d+ %d+ (.*)$') == ARGV[2] then redis.call('HDEL', KEYS[1], ARGV[1]) end
return 0`;

const keyOf = (kind: WorkerKind): string => `parley:workers:${kind}`;

/** Which worker processes are alive, by their heartbeats in Redis. */
export class WorkerRegistry {
  readonly #redis: Redis;
  readonly #onError: (error: Error) => void;

  constructor(options: { redis: Redis; onError?: (error: Error) => void }) {
    this.#redis = options.redis;
    this.#onError = options.onError ?? (() => undefined);
  }

  /** Resolves after the first beat; from then on the worker counts as alive until it stops or misses beats for 2 s. */
  async register(kind: WorkerKind, { id, slot }: WorkerIdentity): Promise<{ stop(): Promise<void> }> {
    const key = keyOf(kind);
    let since = 0;
    const beat = async (): Promise<void> => {
      since = (await this.#redis.eval(BEAT, 1, key, slot, id, since, DEAD_AFTER_MS)) as number;
    };
    await beat();
    let beating: Promise<void> | undefined;
    const timer = setInterval(() => {
      // While Redis is away beats would only pile up.
      if (beating || this.#redis.status !== 'ready') return;
      beating = beat()
        .catch(this.#onError)
        .finally(() => (beating = undefined));
    }, BEAT_EVERY_MS);
    return {
      stop: async () => {
        clearInterval(timer);
        await beating;
        if (this.#redis.status === 'ready') await this.#redis.eval(STOP, 1, key, slot, id);
      },
    };
  }

  /** The living, the newest process first; one per slot. */
  async alive(kind: WorkerKind): Promise<WorkerIdentity[]> {
    const answers = await this.#redis.pipeline().time().hgetall(keyOf(kind)).exec();
    const [time, entries] = (answers ?? []).map(([error, value]) => {
      if (error) throw error;
      return value;
    }) as [[string, string], Record<string, string>];
    const now = Number(time[0]) * 1000 + Math.floor(Number(time[1]) / 1000);
    return Object.entries(entries)
      .map(([slot, entry]) => {
        const [since, beat, ...id] = entry.split(' ');
        return { id: id.join(' '), slot, since: Number(since), beat: Number(beat) };
      })
      .filter(entry => now - entry.beat < DEAD_AFTER_MS)
      .sort((a, b) => b.since - a.since)
      .map(({ id, slot }) => ({ id, slot }));
  }
}
