import { once } from 'node:events';
import {
  connectRedis,
  type Fact,
  FactPublisher,
  type MediaOperations,
  mediaQueue,
  type RecorderOperations,
  recorderQueue,
  type RequestHandlers,
  serveRequests,
  type WorkerKind,
  WorkerRegistry,
} from '#libs/work-queues';
import { ulid } from 'ulid';

/** One request as the played worker got it. */
export interface Asked {
  readonly operation: string;
  readonly request: Readonly<Record<string, unknown>>;
}

/**
 * A media worker or recorder played by the test: a real peer over the real Redis, with the protocol of #libs/work-queues,
 * which answers what the test wants and remembers what it was asked. Media itself is tested with the real workers, end to
 * end.
 */
export class PlayedWorker {
  private constructor(
    readonly id: string,
    /** What it was asked, in order. */
    readonly asked: readonly Asked[],
    private readonly publisher: FactPublisher,
    /** Counts as gone from now on, though its requests in hand go on. */
    readonly unregister: () => Promise<void>,
    private readonly vanish: () => Promise<void>,
  ) {}

  /** Plays a media worker; `answers` take the place of the usual ones. */
  static media(
    redisUrl: string,
    answers: Partial<RequestHandlers<MediaOperations>> = {},
  ): Promise<PlayedWorker> {
    const transport = async () => ({
      transportId: ulid(),
      iceParameters: { usernameFragment: 'u', password: 'p' },
      iceCandidates: [],
      dtlsParameters: { fingerprints: [] },
    });
    const usual: Partial<Record<keyof MediaOperations, () => Promise<unknown>>> = {
      'router.open': async () => ({ rtpCapabilities: { codecs: [] } }),
      'transport.create': transport,
      'producer.create': async () => ({ producerId: ulid() }),
    };
    return PlayedWorker.start('media', redisUrl, mediaQueue, { ...usual, ...answers });
  }

  /** Plays a recorder. */
  static recorder(
    redisUrl: string,
    answers: Partial<RequestHandlers<RecorderOperations>> = {},
  ): Promise<PlayedWorker> {
    const usual = { 'capture.start': async () => ({ ip: '127.0.0.1', port: 50_000 }) };
    return PlayedWorker.start('recorder', redisUrl, recorderQueue, { ...usual, ...answers });
  }

  private static async start(
    kind: WorkerKind,
    redisUrl: string,
    queueOf: (id: string) => string,
    answers: object,
  ): Promise<PlayedWorker> {
    const id = ulid();
    const redis = connectRedis(redisUrl);
    const asked: Asked[] = [];
    // Every operation there is has a handler: what is not played is answered with an empty result.
    const handlers = new Proxy(answers as Record<string, (request: unknown) => Promise<unknown>>, {
      getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true }),
      get: (played, operation: string) => async (request: Asked['request']) => {
        asked.push({ operation, request });
        return (await played[operation]?.(request)) ?? {};
      },
    });
    const served = await serveRequests<MediaOperations>({
      redis,
      queue: queueOf(id),
      handlers: handlers as never,
    });
    const registration = await new WorkerRegistry({ redis }).register(kind, { id, slot: id });
    const publisher = new FactPublisher({ redis });
    const vanish = async (): Promise<void> => {
      await publisher.close();
      await served.close();
      const ended = once(redis, 'end');
      redis.disconnect();
      await ended;
      // Only now: its beats end, and nothing says that it went.
      await registration.stop();
    };
    return new PlayedWorker(id, asked, publisher, () => registration.stop(), vanish);
  }

  /** The requests of one operation so far. */
  requests(operation: string): Asked['request'][] {
    return this.asked.filter(one => one.operation === operation).map(one => one.request);
  }

  /** Tells the api a fact. */
  tell(fact: Fact): Promise<void> {
    return this.publisher.publish(fact);
  }

  /** Ends in an orderly way: it counts as gone at once. */
  async stop(): Promise<void> {
    await this.unregister();
    await this.vanish();
  }

  /** Goes as a killed process does: nobody is told, its beats stay away. */
  kill(): Promise<void> {
    return this.vanish();
  }
}
