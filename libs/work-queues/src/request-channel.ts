import { Queue, QueueEvents } from 'bullmq';
import type { Redis } from 'ioredis';
import type { AnswerEnvelope, RequestEnvelope } from './request-envelope.js';

/** About five events a request. Answers are read within milliseconds: these are kept for an asker that was cut off. */
const EVENTS_KEPT = 5000;

export interface ChannelListener {
  answered(jobId: string, answer: AnswerEnvelope): void;
  failed(jobId: string, reason: string): void;
  onLog(message: string): void;
}

/** One queue seen from the asking side: jobs go out, answers come in through the queue's event stream. */
export interface RequestChannel {
  send(name: string, jobId: string, envelope: RequestEnvelope): Promise<void>;
  /** Takes back what no worker has begun. */
  withdraw(jobId: string): Promise<void>;
  /** Deletes the queue with all that is in it. */
  obliterate(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a channel. The answers are read from the event stream as it stands now, by its explicit last id: a listener that
 * starts "from now" misses what happens between its connecting and its first read.
 */
export const openRequestChannel = async (
  redis: Redis,
  name: string,
  listener: ChannelListener,
): Promise<RequestChannel> => {
  const queue = new Queue<RequestEnvelope>(name, {
    connection: redis,
    streams: { events: { maxLen: EVENTS_KEPT } },
    defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
  });
  queue.on('error', error => listener.onLog(`queue ${name}: ${error.message}`));
  const last = await redis.xrevrange(queue.toKey('events'), '+', '-', 'COUNT', 1);
  const connection = redis.duplicate();
  connection.on('error', () => undefined); // reconnects by itself; the shared connection reports the same trouble
  const events = new QueueEvents(name, { connection, lastEventId: last[0]?.[0] ?? '0-0' });
  events.on('error', error => listener.onLog(`events of queue ${name}: ${error.message}`));
  events.on('completed', ({ jobId, returnvalue }) =>
    listener.answered(jobId, returnvalue as unknown as AnswerEnvelope),
  );
  events.on('failed', ({ jobId, failedReason }) => listener.failed(jobId, failedReason));
  return {
    send: async (operation, jobId, envelope) => {
      await queue.add(operation, envelope, { jobId });
    },
    withdraw: async jobId => {
      await queue.remove(jobId);
    },
    obliterate: () => queue.obliterate({ force: true }),
    close: async () => {
      await events.close();
      connection.disconnect();
      await queue.close();
    },
  };
};
