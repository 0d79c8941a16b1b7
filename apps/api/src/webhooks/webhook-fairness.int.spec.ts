import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { until } from '../testing/until.js';
import { WebhookBed } from '../testing/webhook-bed.js';
import { WebhookReceiver } from '../testing/webhook-receiver.js';

/** Longer than any test: who hangs does so to its end. */
const FOR_EVER = 600_000;
const PATIENCE = 60_000;
const SLOW = 120_000;
/** More endpoints, and more meetings, than there is room for requests. */
const HANGING = 12;
const MEETINGS = 40;
const AT_ONCE_TO_ONE = 8;
const FURTHER_AT_ONCE = 64;

describe('the room for webhooks', () => {
  let bed: WebhookBed;
  const receivers: WebhookReceiver[] = [];
  const receiver = async (answer?: WebhookReceiver['answer']): Promise<WebhookReceiver> => {
    const started = await WebhookReceiver.start(answer);
    receivers.push(started);
    return started;
  };
  beforeEach(async () => {
    bed = await WebhookBed.start(FOR_EVER);
  });
  afterEach(async () => {
    await bed.stop();
    await Promise.all(receivers.splice(0).map(one => one.stop()));
    expect(bed.logged.errors).toEqual([]);
  });

  const happenInMeetings = async (): Promise<void> => {
    for (let n = 0; n < MEETINGS; n += 1) await bed.happen(`m${n}`, 'MeetingStarted', 'MeetingEnded');
  };
  const hangingEndpoints = async (answer: WebhookReceiver['answer']): Promise<WebhookReceiver[]> => {
    const made: WebhookReceiver[] = [];
    for (let n = 0; n < HANGING; n += 1) {
      const hanging = await receiver(answer);
      await bed.endpoint(hanging.url);
      made.push(hanging);
    }
    return made;
  };
  const count = (...those: WebhookReceiver[]): number =>
    those.reduce((sum, { received }) => sum + received.length, 0);
  const delivered = (endpointId: string, messages: number): Promise<boolean> =>
    until(
      `${messages} delivered`,
      async () => {
        const deliveries = await bed.deliveries(endpointId);
        return deliveries.filter(({ status }) => status === 'delivered').length === messages;
      },
      PATIENCE,
    );

  it(
    'is not taken by twelve endpoints that hang from the beginning: one beside them is told of everything meanwhile',
    async () => {
      const hanging = await hangingEndpoints(() => undefined);
      const healthy = await bed.endpoint((await receiver()).url);
      await happenInMeetings();
      await delivered(healthy, 2 * MEETINGS);
      await until('one request to each', () => hanging.every(({ received }) => received.length === 1));
      // Nor is it after a restart.
      await bed.closeEngine();
      await bed.openEngine();
      await happenInMeetings();
      await delivered(healthy, 4 * MEETINGS);
      await until('one more request to each', () => hanging.every(({ received }) => received.length === 2));
    },
    SLOW,
  );

  it(
    'is not all taken by twelve endpoints that took messages and hang then: one beside them is told of everything meanwhile',
    async () => {
      let hang = false;
      const hanging = await hangingEndpoints((_one, response) => {
        if (!hang) response.writeHead(204).end();
      });
      const healthy = await bed.endpoint((await receiver()).url);
      await bed.happen('first', 'MeetingStarted');
      for (const { endpointId } of bed.engine.follower.endpoints) await delivered(endpointId, 1);
      hang = true;
      await happenInMeetings();
      await delivered(healthy, 1 + 2 * MEETINGS);
      const full = HANGING + HANGING + FURTHER_AT_ONCE;
      await until('all room to be taken', () => count(...hanging) === full, PATIENCE);
    },
    SLOW,
  );

  it(
    'is for one request at a time to an endpoint whose newest attempt failed, until it takes one; order and all the rest stay',
    async () => {
      const held: ServerResponse[] = [];
      const flaky = await receiver((_one, response) => void held.push(response));
      const endpointId = await bed.endpoint(flaky.url);
      const answer = (status: number): void => void held.shift()?.writeHead(status).end();
      const under = (requests: number): Promise<boolean> =>
        until(`${requests} requests`, () => held.length === requests, PATIENCE);
      const attempts = async (): Promise<number> =>
        (await bed.deliveries(endpointId)).filter(({ last_attempt_at: at }) => at !== null).length;

      await happenInMeetings();
      await under(1);
      answer(204);
      await under(AT_ONCE_TO_ONE);
      for (let n = 0; n < AT_ONCE_TO_ONE; n += 1) answer(500);
      await until('all to be noted', async () => (await attempts()) === 1 + AT_ONCE_TO_ONE, PATIENCE);
      await under(1);
      for (let n = 0; n < 3; n += 1) {
        answer(500);
        await until('it to be noted', async () => (await attempts()) === 2 + AT_ONCE_TO_ONE + n, PATIENCE);
        await under(1);
      }
      answer(204);
      await under(AT_ONCE_TO_ONE);
      flaky.answer = (_one, response) => void response.writeHead(204).end();
      while (held.length > 0) answer(204);
      bed.pass(6_000);
      await delivered(endpointId, 2 * MEETINGS);
      for (let n = 0; n < MEETINGS; n += 1)
        expect([...new Set(flaky.events(`m${n}`))]).toEqual(['meeting.started', 'meeting.ended']);
    },
    SLOW,
  );

  it(
    'goes first to what an endpoint that fails was sent most often: it is given up at its time, however many others wait',
    async () => {
      const failing = await receiver((_one, response) => void response.writeHead(503).end());
      const endpointId = await bed.endpoint(failing.url);
      const tries = async (): Promise<number[]> =>
        (await bed.deliveries(endpointId)).map(({ attempts }) => attempts);
      await happenInMeetings();
      // The bed's clock stands still: each meeting's first message is tried once.
      const once = async (): Promise<boolean> =>
        (await tries()).filter(attempts => attempts > 0).length === MEETINGS;
      await until('each to be tried', once, PATIENCE);
      const held: ServerResponse[] = [];
      failing.answer = (_one, response) => void held.push(response);
      failing.received.length = 0;
      await bed.happen('m-later', 'MeetingStarted');
      await until('the later one', () => held.length === 1, PATIENCE);
      bed.pass(6_000);
      held.shift()?.writeHead(503).end();
      await until('the next one', () => held.length === 1, PATIENCE);
      held.shift()?.writeHead(503).end();
      await until('the one after', () => held.length === 1, PATIENCE);
      bed.pass(340_000);
      await bed.happen('m-latest', 'MeetingStarted');
      held.shift()?.writeHead(503).end();
      await until('the most tried one', () => held.length === 1, PATIENCE);
      const [, most, , again] = failing.received;
      expect(again?.id).toBe(most?.id);
    },
    SLOW,
  );
});
