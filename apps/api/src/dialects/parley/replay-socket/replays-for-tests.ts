import type { EventLog } from '#libs/event-log';
import { ulid } from 'ulid';
import type { ClientOptions } from 'ws';
import { EVENT_LOG } from '../../../platform/log-follower.js';
import { RawSocketClient, type UpgradeRefused } from '../../../testing/raw-socket-client.js';
import { RunningApi } from '../../../testing/running-api.js';
import { created, ended, said, started, tell, type Told } from '../../../testing/told-meeting.js';
import { until } from '../../../testing/until.js';
import { ReplayClock } from './replay-clock.js';

/** Lets the time of replays pass by hand. */
export class HandClock {
  private time = 5_000;
  private readonly timers = new Map<() => void, number>();

  /** Takes the place of a clock's own time. */
  constructor(clock: ReplayClock) {
    clock.now = () => this.time;
    clock.after = (milliseconds, callBack) => {
      this.timers.set(callBack, this.time + milliseconds);
      return () => this.timers.delete(callBack);
    };
  }

  /** Waits until a replay waits, then lets so much time pass. */
  async pass(milliseconds: number): Promise<void> {
    await until('a replay that waits', () => this.timers.size > 0);
    this.time += milliseconds;
    for (const [callBack, due] of this.timers) {
      if (due > this.time) continue;
      this.timers.delete(callBack);
      callBack();
    }
  }
}

/** An api with meetings that are told with times of their own, and replays of them. */
export class Replays {
  private clients: RawSocketClient[] = [];

  private constructor(readonly api: RunningApi) {}

  static async start(): Promise<Replays> {
    return new Replays(await RunningApi.start());
  }

  get log(): EventLog {
    return this.api.part<EventLog>(EVENT_LOG);
  }

  /** Closes what a test has opened, and lets time pass by itself again. */
  async clear(): Promise<void> {
    await Promise.all(this.clients.map(client => client.close()));
    this.clients = [];
    const clock = this.api.part(ReplayClock) as Partial<ReplayClock>;
    delete clock.now;
    delete clock.after;
  }

  /** @throws Error when the api has logged errors */
  async stop(): Promise<void> {
    await this.api.stop();
    const { errors } = this.api.log;
    if (errors.length > 0) throw new Error(`The api has logged errors: ${JSON.stringify(errors)}`);
  }

  url(meetingId: string): string {
    return `${this.api.address.replace('http', 'ws')}/api/v1/meetings/${meetingId}/replay`;
  }

  as(userId: string, roles: string[] = [], more: ClientOptions = {}): ClientOptions {
    return { ...more, headers: { authorization: `Bearer ${this.api.token(userId, { roles })}` } };
  }

  async open(meetingId: string, options = this.as('ada')): Promise<RawSocketClient> {
    const client = await RawSocketClient.connect(this.url(meetingId), options);
    this.clients.push(client);
    return client;
  }

  refusal(meetingId: string, options: ClientOptions): Promise<UpgradeRefused> {
    return this.open(meetingId, options).then(
      () => Promise.reject(new Error('it was let in')),
      (error: unknown) => error as UpgradeRefused,
    );
  }

  /** A meeting of ada's that was created at second 0, started at second 1, and then? */
  async told(...then: readonly ((id: string) => Told)[]): Promise<string> {
    const id = ulid();
    await tell(
      this.log,
      id,
      [created, () => started, ...then].map(event => event(id)),
    );
    return id;
  }

  handClock(): HandClock {
    return new HandClock(this.api.part(ReplayClock));
  }
}

/** When the events that came had happened, in seconds since the first. */
export const seconds = (client: RawSocketClient): number[] =>
  client.of('event').map(({ offsetMs }) => Number(offsetMs) / 1000);
export const indexes = (client: RawSocketClient): unknown[] => client.of('event').map(({ index }) => index);
export const count = (client: RawSocketClient, events: number): Promise<unknown> =>
  until(`${events} events`, () => client.of('event').length >= events);
export const say =
  (second: number, content = 'hello', to?: string) =>
  (id: string): Told =>
    said(id, second, content, to);
export const end = (second: number) => (): Told => ended(second);
