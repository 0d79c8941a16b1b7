import { Readable } from 'node:stream';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { DomainError } from '#libs/domain';
import type { FastifyReply } from 'fastify';
import { CHUNK_SIZE } from './event-lines.js';

/** Streams that one user may have open at the same time: each holds a place in the log and a connection. */
export const STREAMS_OF_A_USER = 8;

/** A text that was made already, and the rest. */
async function* resumed(
  first: IteratorResult<string, void>,
  rest: AsyncGenerator<string, void>,
): AsyncGenerator<string, void> {
  try {
    for (let next = first; next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return();
  }
}

/** The answers that go on while their readers read: how many each user has, and their end when the application stops. */
@Injectable()
export class EventStreams implements BeforeApplicationShutdown {
  private readonly open = new Map<AbortController, string>();
  private stopping = false;

  /**
   * Answers with a stream of texts that are made as fast as the client reads, until they end, the client goes away, or the
   * application stops. The answer begins with the first of them: what fails before that can still be refused.
   * @throws DomainError RATE_LIMIT_EXCEEDED when the user has too many
   */
  async send(
    reply: FastifyReply,
    contentType: string,
    userId: string,
    texts: (signal: AbortSignal) => AsyncGenerator<string, void>,
  ): Promise<void> {
    if (this.stopping) throw new DomainError('UNAVAILABLE');
    if ([...this.open.values()].filter(one => one === userId).length >= STREAMS_OF_A_USER) {
      throw new DomainError(
        'RATE_LIMIT_EXCEEDED',
        { limit: STREAMS_OF_A_USER },
        `You have ${STREAMS_OF_A_USER} streams of events open, which is the limit; close one first`,
      );
    }
    const stop = new AbortController();
    this.open.set(stop, userId);
    reply.raw.once('close', () => {
      this.open.delete(stop);
      stop.abort();
    });
    const made = texts(stop.signal);
    const first = await made.next();
    void reply
      .headers({ 'content-type': contentType, 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
      .send(Readable.from(resumed(first, made), { objectMode: false, highWaterMark: CHUNK_SIZE }));
  }

  beforeApplicationShutdown(): void {
    this.stopping = true;
    for (const stop of this.open.keys()) stop.abort();
  }
}
