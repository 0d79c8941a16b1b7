import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the receiver got it. */
export interface ReceivedWebhook {
  readonly headers: IncomingHttpHeaders;
  readonly id: string;
  /** As it came, since the signature is over every byte. */
  readonly body: string;
  readonly json: { event: string; meeting_id: string; data: Record<string, unknown>; timestamp: string };
}
type Answer = (received: ReceivedWebhook, response: ServerResponse) => void | Promise<void>;

/** Somebody else's system that is told by webhooks: a real HTTP server on the loopback, which keeps what it gets. */
export class WebhookReceiver {
  readonly received: ReceivedWebhook[] = [];

  private constructor(
    private readonly server: Server,
    /** What it does with a request; 204 by default. */
    public answer: Answer = (_received, response) => void response.writeHead(204).end(),
  ) {}

  static async start(answer?: Answer): Promise<WebhookReceiver> {
    const server = createServer();
    const receiver = new WebhookReceiver(server, answer);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        const id = String(request.headers['webhook-id']);
        const json = JSON.parse(body) as ReceivedWebhook['json'];
        const received = { headers: request.headers, id, body, json };
        receiver.received.push(received);
        void receiver.answer(received, response);
      });
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook`;
  }

  /** Names of the events so far, of one meeting or of all. */
  events(meetingId?: string): string[] {
    return this.received
      .filter(({ json }) => meetingId === undefined || json.meeting_id === meetingId)
      .map(({ json }) => json.event);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }
}
