import gossip from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import streams from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
  DeleteReq,
  DeleteResp,
  ReadReq,
  TombstoneReq,
  TombstoneResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import {
  Server,
  ServerCredentials,
  type ServerOptions,
  type handleUnaryCall,
  type sendUnaryData,
  type ServerDuplexStream,
  type ServerReadableStream,
  type ServerUnaryCall,
  type ServerWritableStream,
} from '@grpc/grpc-js';
import { appendCall } from './append-call.js';
import { callerCheck } from './authentication.js';
import { batchAppendCall } from './batch-append-call.js';
import { deleteCall, tombstoneCall } from './delete-calls.js';
import type { DoorContext } from './door-context.js';
import { accessDenied } from './door-refusal.js';
import { statusOf } from './failed-call.js';
import { clusterInfo } from './gossip-call.js';
import type { EventStoreDbDoor, EventStoreDbDoorOptions } from './door-options.js';
import { readCall } from './read-call.js';
import { refusedServices } from './refused-services.js';
import { supportedMethods } from './server-features-call.js';
import { StreamStates } from './stream-states.js';
import { StreamWriting } from './stream-writing.js';

/** As EventStoreDB: more than an append may carry, so that one too large is told so. */
const MAX_APPEND_MESSAGE = 17 * 1_048_576;
/** Requests to read are short. */
const MAX_READ_MESSAGE = 1_048_576;

const serverOptions = (writable: boolean): ServerOptions => ({
  'grpc.max_receive_message_length': writable ? MAX_APPEND_MESSAGE : MAX_READ_MESSAGE,
  'grpc.max_send_message_length': -1,
  'grpc.max_concurrent_streams': 1_000,
  // A client that vanished without a word is found out.
  'grpc.keepalive_time_ms': 10_000,
  'grpc.keepalive_timeout_ms': 10_000,
  'grpc.enable_channelz': 0,
});

/** Opens the door; loaded only where one is opened. */
export async function openDoor(options: EventStoreDbDoorOptions): Promise<EventStoreDbDoor> {
  const { log, host, writable, tls, show } = options;
  const closing = new AbortController();
  const states = new StreamStates(log);
  const door: DoorContext = {
    log,
    states,
    writing: new StreamWriting(log, states),
    ...(show && { show }),
    userOf: callerCheck(options.authenticate),
    refuseWrites: () => {
      if (!writable) throw accessDenied('Access Denied: this door is for reading');
    },
    reads: new Set(),
    closed: closing.signal,
  };
  const server = new Server(serverOptions(writable));
  let port = options.port;
  addStreams(server, door);
  const guarded =
    <Q, A>(answerOf: (call: ServerUnaryCall<Q, A>) => A): handleUnaryCall<Q, A> =>
    (call, answer) => {
      try {
        answer(null, answerOf(call));
      } catch (error) {
        answer(statusOf(error));
      }
    };
  server.addService(features.ServerFeaturesService, {
    getSupportedMethods: guarded(() => supportedMethods(writable)),
  });
  server.addService(gossip.GossipService, {
    read: guarded(call => clusterInfo(call.getHost(), host, port)),
  });
  for (const [definition, implementation] of refusedServices()) server.addService(definition, implementation);

  const credentials = tls
    ? ServerCredentials.createSsl(null, [
        { cert_chain: Buffer.from(tls.cert), private_key: Buffer.from(tls.key) },
      ])
    : ServerCredentials.createInsecure();
  const address = host.includes(':') ? `[${host}]` : host;
  port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`${address}:${port}`, credentials, (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  let closed: Promise<void> | undefined;
  return {
    port,
    close: () => {
      closed ??= close(server, closing);
      return closed;
    },
  };
}

const CLOSING_MS = 500;

/** Ends subscriptions, gives answers under way a moment, then cuts what is left. */
async function close(server: Server, closing: AbortController): Promise<void> {
  closing.abort();
  let timer: NodeJS.Timeout | undefined;
  const cut = new Promise<void>(resolve => {
    timer = setTimeout(() => {
      server.forceShutdown();
      resolve();
    }, CLOSING_MS);
  });
  await Promise.race([new Promise<void>(resolve => server.tryShutdown(() => resolve())), cut]);
  clearTimeout(timer);
}

function addStreams(server: Server, door: DoorContext): void {
  const definition = streams.StreamsService;
  // Answers to reads are written as bytes: see ProtobufWriter.
  const read = { ...definition.read, responseSerialize: (response: Buffer) => response };
  server.addService(
    { ...definition, read },
    {
      read: (call: ServerWritableStream<ReadReq, Buffer>) => void readCall(door, call),
      append: (call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>) =>
        void appendCall(door, call, answer),
      batchAppend: (call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>) =>
        void batchAppendCall(door, call),
      delete: (call: ServerUnaryCall<DeleteReq, DeleteResp>, answer: sendUnaryData<DeleteResp>) =>
        void deleteCall(door, call, answer),
      tombstone: (call: ServerUnaryCall<TombstoneReq, TombstoneResp>, answer: sendUnaryData<TombstoneResp>) =>
        void tombstoneCall(door, call, answer),
    },
  );
}
