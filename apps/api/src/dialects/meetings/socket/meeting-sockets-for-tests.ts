import type { ClientOptions } from 'ws';
import { type RawPush, RawSocketClient, type UpgradeRefused } from '../../../testing/raw-socket-client.js';
import { RunningApi } from '../../../testing/running-api.js';

export interface Pushed extends RawPush {
  readonly user_id: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly position: number;
}

/** An api, and sockets at its meetings. */
export class MeetingSockets {
  private readonly clients = new Set<RawSocketClient>();

  private constructor(readonly api: RunningApi) {}

  static async start(env: Record<string, string> = {}): Promise<MeetingSockets> {
    return new MeetingSockets(await RunningApi.start(env));
  }

  /** Closes the sockets that a test has opened. */
  async clear(): Promise<void> {
    await Promise.all([...this.clients].map(client => client.close()));
    this.clients.clear();
  }

  /** @throws Error when the api has logged errors */
  async stop(): Promise<void> {
    await this.clear();
    await this.api.stop();
    const { errors } = this.api.log;
    if (errors.length > 0) throw new Error(`The api has logged errors: ${JSON.stringify(errors)}`);
  }

  url(meetingId: string, query = ''): string {
    return `${this.api.address.replace('http', 'ws')}/ws/meetings/${meetingId}${query}`;
  }

  as(userId: string, roles: string[] = [], more: ClientOptions = {}): ClientOptions {
    const token = this.api.token(userId, { roles, name: `Name of ${userId}` });
    return { ...more, headers: { authorization: `Bearer ${token}` } };
  }

  /** A socket that was greeted. */
  async open(userId: string, meetingId: string, query = ''): Promise<RawSocketClient> {
    const client = await RawSocketClient.connect(this.url(meetingId, query), this.as(userId));
    this.clients.add(client);
    await client.next('a greeting', ({ type }) => type === 'connected');
    return client;
  }

  /** A socket of one who has joined by it. */
  async join(userId: string, meetingId: string, data: object = {}): Promise<RawSocketClient> {
    const client = await this.open(userId, meetingId);
    const answer = await client.ask({ type: 'join', data });
    if (answer.type !== 'ack') throw new Error(JSON.stringify(answer));
    await client.next('the own push', ({ type, user_id }) => type === 'join' && user_id === userId);
    return client;
  }

  refusal(meetingId: string, options: ClientOptions, query = ''): Promise<UpgradeRefused> {
    return RawSocketClient.connect(this.url(meetingId, query), options).then(
      async client => {
        await client.close();
        throw new Error('it was let in');
      },
      (error: unknown) => error as UpgradeRefused,
    );
  }

  rest(userId: string, method: 'post' | 'put', path: string, body: object = {}): Promise<{ status: number }> {
    return this.api.as(userId, { name: `Name of ${userId}` })[method](`/api/v1/meetings/${path}`, body);
  }
}

/** What was pushed, in order. */
export const pushes = ({ received }: RawSocketClient): Pushed[] =>
  received.filter(({ position }) => position !== undefined) as unknown as Pushed[];
/** Waits for a push. */
export const pushed = async (client: RawSocketClient, type: string, userId?: string): Promise<Pushed> =>
  (await client.next(
    `${type} of ${userId ?? 'anybody'}`,
    one => one.type === type && one.position !== undefined && (userId ?? one.user_id) === one.user_id,
  )) as unknown as Pushed;
/** What all of these have been told by now: after it, a mark by the first of them has come to all. */
export const told = async (by: RawSocketClient, ...clients: RawSocketClient[]): Promise<string[][]> => {
  const mark = `mark ${Math.random()}`;
  await by.ask({ type: 'chat', data: { content: mark } });
  const isMark = ({ data }: RawPush): boolean => (data as { content?: string }).content === mark;
  await Promise.all(
    clients.map(client => client.next('the mark', one => one.type === 'chat' && isMark(one))),
  );
  return clients.map(client => {
    const all = pushes(client);
    return all.slice(0, all.findIndex(isMark)).map(({ type }) => type);
  });
};
