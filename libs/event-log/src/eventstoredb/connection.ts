import { EventStoreDBClient } from '@eventstore/db-client';
import streamsCalls from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { CallOptions, Channel, ClientDuplexStream, Metadata } from '@grpc/grpc-js';
import { LogUnavailable } from '../event-log-errors.js';
import { AppendCall } from './append-call.js';
import { connectionStringOfAttempt } from './connection-string.js';

/** What the client keeps for its own methods and subclasses; the same since 6.0, and held by the tests of this adapter. */
interface ClientInside {
  GRPCStreamCreator<T>(
    service: typeof StreamsClient,
    name: string,
    create: (service: StreamsClient) => T,
  ): () => Promise<T>;
  callArguments(options: object, callOptions: CallOptions): [Metadata, CallOptions];
  getChannel(): Promise<Channel>;
}

/** A server that is away is not asked more often, however many want something of it. */
const BETWEEN_ATTEMPTS_MS = 50;

/** Something that is read from the server, and is to know when its connection is given up. */
export interface UnderWay {
  fail(error: Error): void;
}

/**
 * The connection of this process to one EventStoreDB: a client that is replaced when it has failed, since a client keeps
 * what it learned from a broken connection, and gRPC lets a channel wait up to two minutes before it connects again.
 */
export class Connection {
  #client: EventStoreDBClient | undefined;
  #attempts = 0;
  #lastAttempt = -Infinity;
  #appends: { readonly client: EventStoreDBClient; readonly call: AppendCall } | undefined;
  readonly #underWay = new Map<EventStoreDBClient, Set<UnderWay>>();
  #closed = false;

  constructor(readonly connectionString: string) {
    // What is wrong with the text shows now.
    this.#client = EventStoreDBClient.connectionString(connectionStringOfAttempt(connectionString, 0));
  }

  /** @throws LogUnavailable when it is closed, or its last attempt has failed just now. */
  get client(): EventStoreDBClient {
    if (this.#closed) throw new LogUnavailable('The event log is closed');
    if (this.#client === undefined) {
      const now = performance.now();
      if (now - this.#lastAttempt < BETWEEN_ATTEMPTS_MS) {
        throw new LogUnavailable('EventStoreDB does not answer: it was asked just now');
      }
      this.#lastAttempt = now;
      this.#attempts += 1;
      this.#client = EventStoreDBClient.connectionString(
        connectionStringOfAttempt(this.connectionString, this.#attempts),
      );
    }
    return this.#client;
  }

  /** The call through which all appends of this process go, in their order. */
  appends(): AppendCall {
    if (this.#appends?.call.gone !== false) {
      const { client } = this;
      const inside = client as unknown as ClientInside;
      const open = inside.GRPCStreamCreator(
        streamsCalls.StreamsClient,
        'appendToStream',
        (service): ClientDuplexStream<BatchAppendReq, BatchAppendResp> =>
          service.batchAppend(...inside.callArguments({}, { deadline: Infinity })),
      );
      this.#appends = { client, call: new AppendCall(open, hung => this.failed(client, hung)) };
    }
    return this.#appends.call;
  }

  /** Has it told when the connection of this client is given up. */
  track(client: EventStoreDBClient, underWay: UnderWay): void {
    const tracked = this.#underWay.get(client) ?? new Set();
    this.#underWay.set(client, tracked.add(underWay));
  }

  forget(client: EventStoreDBClient, underWay: UnderWay): void {
    const tracked = this.#underWay.get(client);
    tracked?.delete(underWay);
    if (tracked?.size === 0) this.#underWay.delete(client);
  }

  /**
   * Something that a client did failed for want of the server: what comes next goes through a new client. What else the old
   * one has under way goes on, unless the server hangs: then all of it has failed.
   */
  failed(client: EventStoreDBClient, hung: boolean): void {
    if (this.#client === client) this.#client = undefined;
    if (hung)
      void this.#giveUp(client, new LogUnavailable('EventStoreDB does not answer: its connection hangs'));
  }

  /** Ends everything that is under way. */
  async close(): Promise<void> {
    this.#closed = true;
    const clients = new Set(this.#underWay.keys());
    if (this.#appends) clients.add(this.#appends.client);
    if (this.#client) clients.add(this.#client);
    await Promise.all(
      [...clients].map(client => this.#giveUp(client, new LogUnavailable('The event log is closed'))),
    );
  }

  async #giveUp(client: EventStoreDBClient, error: Error): Promise<void> {
    for (const underWay of this.#underWay.get(client) ?? []) underWay.fail(error);
    this.#underWay.delete(client);
    if (this.#appends?.client === client) this.#appends.call.end(error);
    await client.dispose();
    await closeChannel(client);
  }
}

/** Calls under way on the channel go on; `dispose` alone would leave its socket open. */
async function closeChannel(client: EventStoreDBClient): Promise<void> {
  try {
    (await (client as unknown as ClientInside).getChannel()).close();
  } catch {
    // There is none: no server of the cluster could be found.
  }
}
