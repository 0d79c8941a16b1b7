import { type ClientRequest, get, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { until } from './until.js';

/** A client that reads a streamed answer at its own pace, and goes away when it likes. */
export class EventStreamClient {
  private text = '';
  ended = false;

  private constructor(
    private readonly request: ClientRequest,
    private readonly answer: IncomingMessage,
  ) {
    answer.setEncoding('utf8');
    answer.on('close', () => (this.ended = true));
    // A server that stops may cut the connection.
    for (const one of [answer, request]) one.on('error', () => (this.ended = true));
  }

  /** Asks, and reads nothing of the answer yet. */
  static async open(address: string, headers: Record<string, string>): Promise<EventStreamClient> {
    const request = get(address, { headers, agent: false });
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    return new EventStreamClient(request, answer);
  }

  get status(): number {
    return this.answer.statusCode ?? 0;
  }

  get contentType(): string {
    return this.answer.headers['content-type'] ?? '';
  }

  /** From now on reads whatever comes. */
  read(): this {
    this.answer.on('data', (chunk: string) => (this.text += chunk));
    return this;
  }

  /** What was read so far. */
  get content(): string {
    return this.text;
  }

  /** The ids of the events that were read so far. */
  get ids(): number[] {
    return [...this.text.matchAll(/^id: (\d+)\ndata: .*\n\n/gm)].map(match => Number(match[1]));
  }

  /** The first so many ids, waited for. */
  async idsUpTo(last: number): Promise<number[]> {
    await until(`the event ${last}`, () => this.ids.includes(last));
    return this.ids;
  }

  /** All of the content, once the server has ended it. */
  async whole(): Promise<string> {
    this.read();
    await until('the end of the stream', () => this.ended);
    return this.text;
  }

  /** Goes away as a closed tab does. */
  leave(): void {
    this.request.destroy();
  }
}
