import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { until } from '../testing/until.js';
import { WebhookBed } from '../testing/webhook-bed.js';
import { type ReceivedWebhook, WebhookReceiver } from '../testing/webhook-receiver.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const JITTER = 1.11;

describe('delivering webhooks', () => {
  let bed: WebhookBed;
  let receiver: WebhookReceiver;
  beforeEach(async () => {
    receiver = await WebhookReceiver.start();
    bed = await WebhookBed.start();
  });
  afterEach(async () => {
    await bed.stop();
    await receiver.stop();
    expect(bed.logged.errors).toEqual([]);
  });

  const answerWith = (status: number, headers = {}): void => {
    receiver.answer = (_one, response) => void response.writeHead(status, headers).end();
  };
  const got = (count: number, meetingId?: string): Promise<boolean> =>
    until(`${count} messages`, () => receiver.events(meetingId).length >= count, 60_000);
  const noted = (endpointId: string, ...statuses: string[]): Promise<boolean> =>
    until(`deliveries ${statuses.join()}`, async () => {
      const deliveries = await bed.deliveries(endpointId);
      return deliveries.map(({ status }) => status).join() === statuses.join();
    });
  /** The first delivery has been tried so often. */
  const tried = (endpointId: string, attempts: number): Promise<boolean> =>
    until(`attempt ${attempts}`, async () => (await bed.deliveries(endpointId))[0]?.attempts === attempts);

  it('of one meeting keeps the log’s order while one fails, and those of other meetings go on', async () => {
    const endpointId = await bed.endpoint(receiver.url);
    let fails = true;
    receiver.answer = ({ json }, response) =>
      void response.writeHead(fails && json.meeting_id === 'm1' ? 500 : 204).end();
    await bed.happen('m1', 'MeetingStarted', 'ParticipantJoined', 'MeetingEnded');
    await bed.happen('m2', 'MeetingStarted', 'ParticipantJoined', 'MeetingEnded');
    await got(3, 'm2');
    await tried(endpointId, 1);
    expect(receiver.events('m1')).toEqual(['meeting.started']);
    expect(receiver.events('m2')).toEqual(['meeting.started', 'participant.joined', 'meeting.ended']);
    fails = false;
    bed.pass(5_000 * JITTER);
    await got(4, 'm1');
    expect(receiver.events('m1')).toEqual([
      'meeting.started',
      'meeting.started',
      'participant.joined',
      'meeting.ended',
    ]);
  });

  it('to one endpoint or for one meeting that hangs holds up nobody else', async () => {
    const slow = await WebhookReceiver.start(() => undefined);
    await bed.endpoint(slow.url);
    await bed.endpoint(receiver.url);
    const held: ServerResponse[] = [];
    receiver.answer = ({ json }, response) => {
      if (json.meeting_id === 'm1') held.push(response);
      else response.writeHead(204).end();
    };
    await bed.happen('m0', 'MeetingStarted');
    await got(1);
    for (let meeting = 1; meeting <= 20; meeting += 1) await bed.happen(`m${meeting}`, 'MeetingStarted');
    await got(21);
    expect(slow.received.length).toBe(1);
    for (const response of held) response.writeHead(204).end();
    await slow.stop();
  });

  it('has no more than 8 requests under way to one endpoint, and sends all in the end', async () => {
    await bed.endpoint(receiver.url);
    const held: ServerResponse[] = [];
    let most = 0;
    receiver.answer = (_one, response) => {
      held.push(response);
      most = Math.max(most, held.length);
    };
    for (let meeting = 0; meeting < 30; meeting += 1) await bed.happen(`m${meeting}`, 'MeetingStarted');
    // One is taken: an endpoint that takes what it is sent has room for all that it may have.
    await until('the first', () => held.length > 0);
    held.shift()?.writeHead(204).end();
    await until('8 are under way', () => held.length === 8);
    await until('all', () => {
      held.shift()?.writeHead(204).end();
      return receiver.received.length === 30 && held.length === 0;
    });
    expect(most).toBe(8);
  });

  it('is tried again with growing pauses, with the same id and body, and a new timestamp', async () => {
    const endpointId = await bed.endpoint(receiver.url);
    answerWith(500);
    await bed.happen('m1', 'MeetingStarted');
    await tried(endpointId, 1);
    bed.pass(5_000 * JITTER);
    await tried(endpointId, 2);
    bed.pass(5_000 * JITTER);
    answerWith(204);
    bed.pass(300_000 * JITTER);
    await noted(endpointId, 'delivered');
    const [first, second, third] = receiver.received as [ReceivedWebhook, ReceivedWebhook, ReceivedWebhook];
    expect(receiver.received).toHaveLength(3);
    expect([second.id, third.id]).toEqual([first.id, first.id]);
    expect([second.body, third.body]).toEqual([first.body, first.body]);
    const stamps = receiver.received.map(({ headers }) => Number(headers['webhook-timestamp']));
    expect(stamps).toEqual([...new Set(stamps)].sort((one, other) => one - other));
    expect((await bed.deliveries(endpointId))[0]).toMatchObject({
      attempts: 3,
      last_status: 204,
      last_error: null,
      due_at: null,
    });
  });

  it('waits as long as the receiver wishes', async () => {
    const endpointId = await bed.endpoint(receiver.url);
    answerWith(429, { 'retry-after': '900' });
    await bed.happen('m1', 'MeetingStarted');
    await tried(endpointId, 1);
    const [delivery] = await bed.deliveries(endpointId);
    expect((delivery?.due_at ?? 0) - bed.clock.now()).toBe(900_000);
  });

  it('that fails to the end disables the endpoint by an event; what waits is kept until it is enabled', async () => {
    const endpointId = await bed.endpoint(receiver.url);
    const other = await WebhookReceiver.start();
    await bed.endpoint(other.url);
    answerWith(503);
    const from = await bed.happen('m1', 'MeetingStarted');
    await bed.happen('m1', 'ParticipantJoined');
    for (const [index, pause] of [5_000, 300_000, HOUR].entries()) {
      await tried(endpointId, index + 1);
      bed.pass(pause * JITTER);
    }
    await noted(endpointId, 'failed', 'pending');
    const log = await bed.eventsOf(endpointId);
    expect(log.at(-1)).toMatchObject({
      type: 'WebhookEndpointDisabled',
      data: { endpointId, reason: 'failing', disabledBy: 'system' },
    });
    const known = bed.engine.follower.endpoints.find(one => one.endpointId === endpointId);
    expect(known?.status).toBe('disabled');
    expect(receiver.events()).toEqual(Array(4).fill('meeting.started'));
    answerWith(204);
    await bed.happen('m1', 'MeetingEnded');
    bed.pass(2 * DAY);
    await until('others to be told', () => other.events().includes('meeting.ended'));
    await other.stop();
    expect((await bed.deliveries(endpointId)).map(({ attempts }) => attempts)).toEqual([4, 0]);
    expect(receiver.received).toHaveLength(4);
    await bed.command(endpointId, { type: 'ChangeWebhookEndpoint', enabled: true });
    await noted(endpointId, 'failed', 'delivered');
    // What failed, and what happened meanwhile, comes with a redelivery.
    receiver.received.length = 0;
    await bed.engine.redeliveries.from(endpointId, from, bed.engine.follower.position);
    await noted(endpointId, 'delivered', 'delivered', 'delivered');
    expect(receiver.events()).toEqual(['meeting.started', 'participant.joined', 'meeting.ended']);
  });

  it('to one who says 410 Gone disables the endpoint at once', async () => {
    const endpointId = await bed.endpoint(receiver.url);
    answerWith(410);
    await bed.happen('m1', 'MeetingStarted');
    await noted(endpointId, 'failed');
    expect(receiver.received).toHaveLength(1);
    expect((await bed.eventsOf(endpointId)).at(-1)).toMatchObject({ data: { reason: 'gone' } });
  });

  it('loses nothing of what happened while nothing was delivered, and goes on where it ended', async () => {
    const endpointId = await bed.endpoint(receiver.url);
    await bed.happen('m1', 'MeetingStarted');
    await noted(endpointId, 'delivered');
    await bed.closeEngine();
    await bed.happen('m1', 'ParticipantJoined', 'MeetingEnded');
    await bed.openEngine();
    await noted(endpointId, 'delivered', 'delivered', 'delivered');
    expect(receiver.events()).toEqual(['meeting.started', 'participant.joined', 'meeting.ended']);
  });

  it('that was cut off by the end of the process is sent again with the same id', async () => {
    const endpointId = await bed.endpoint(receiver.url);
    receiver.answer = () => undefined;
    await bed.happen('m1', 'MeetingStarted');
    await got(1);
    await bed.closeEngine();
    answerWith(204);
    await bed.openEngine();
    await noted(endpointId, 'delivered');
    expect(receiver.received).toHaveLength(2);
    expect(receiver.received[1]?.id).toBe(receiver.received[0]?.id);
    expect(receiver.received[1]?.body).toBe(receiver.received[0]?.body);
  });

  it('of what happened before an endpoint was created happens only where it is asked for', async () => {
    const from = await bed.happen('m1', 'MeetingStarted');
    const endpointId = await bed.endpoint(receiver.url);
    await bed.happen('m2', 'MeetingStarted');
    await noted(endpointId, 'delivered');
    expect(receiver.events('m1')).toEqual([]);
    await bed.engine.redeliveries.from(endpointId, from, bed.engine.follower.position);
    await got(1, 'm1');
  });

  it('goes on from the log’s end where its file was lost, to the endpoints that the log knows', async () => {
    const endpointId = await bed.endpoint(receiver.url);
    const removed = await bed.endpoint(receiver.url);
    await bed.command(removed, { type: 'RemoveWebhookEndpoint' });
    await bed.happen('m1', 'MeetingStarted');
    await noted(endpointId, 'delivered');
    await bed.closeEngine();
    await bed.openEngine('another.db');
    expect(bed.engine.follower.endpoints.map(one => one.endpointId)).toEqual([endpointId]);
    await bed.happen('m2', 'MeetingStarted');
    await noted(endpointId, 'delivered');
    expect(receiver.events()).toEqual(['meeting.started', 'meeting.started']);
  });

  it('goes on with what waits where the log is an older copy, and is told of what comes in the lost part’s place', async () => {
    const endpointId = await bed.endpoint(receiver.url);
    answerWith(500);
    await bed.happen('m1', 'MeetingStarted');
    await tried(endpointId, 1);
    await bed.closeEngine();
    await bed.keepCopy();
    await bed.openEngine();
    answerWith(204);
    await bed.happen('m2', 'MeetingStarted', 'MeetingEnded');
    await noted(endpointId, 'pending', 'delivered', 'delivered');
    await bed.closeEngine();
    await bed.restoreCopy();
    receiver.received.length = 0;
    await bed.openEngine();
    await bed.happen('m3', 'MeetingStarted', 'MeetingEnded');
    bed.pass(HOUR);
    await noted(endpointId, 'delivered', 'delivered', 'delivered');
    expect(receiver.events('m1')).toEqual(['meeting.started']);
    expect(receiver.events('m3')).toEqual(['meeting.started', 'meeting.ended']);
  });

  it('forgets what was to be told of another log, and tells of this one', async () => {
    const endpointId = await bed.endpoint(receiver.url);
    answerWith(500);
    await bed.happen('m1', 'MeetingStarted');
    await tried(endpointId, 1);
    await bed.closeEngine();
    await bed.openLog('another log');
    await bed.openEngine('another.db');
    answerWith(204);
    const another = await bed.endpoint(receiver.url);
    await bed.happen('m2', 'MeetingStarted', 'MeetingEnded');
    await noted(another, 'delivered', 'delivered');
    await bed.closeEngine();
    receiver.received.length = 0;
    await bed.openEngine();
    expect(bed.engine.follower.endpoints.map(one => one.endpointId)).toEqual([another]);
    await bed.happen('m3', 'MeetingStarted');
    bed.pass(DAY);
    await noted(another, 'delivered');
    expect(receiver.events()).toEqual(['meeting.started']);
    expect(await bed.deliveries(endpointId)).toEqual([]);
  });

  it('again of thousands of events is in order and with the ids of before, while more happens', async () => {
    const endpointId = await bed.endpoint(receiver.url, ['participant.joined', 'participant.left']);
    const first = await bed.happen('m1', 'ParticipantJoined');
    for (let n = 0; n < 12; n += 1) {
      await bed.happen('m1', ...Array.from({ length: 50 }, () => 'ParticipantLeft' as const));
    }
    await got(601);
    const before = receiver.received.map(({ id }) => id);
    await noted(endpointId, ...before.map(() => 'delivered'));
    receiver.received.length = 0;
    await bed.engine.redeliveries.from(endpointId, first, bed.engine.follower.position);
    await bed.happen('m1', 'ParticipantJoined');
    await got(602);
    expect(receiver.received.slice(0, 601).map(({ id }) => id)).toEqual(before);
    expect(receiver.received.at(-1)?.json.event).toBe('participant.joined');
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(602);
  }, 180_000);

  it('of what is asked for again while it is under way happens once more, not at the same time', async () => {
    const endpointId = await bed.endpoint(receiver.url);
    const held: ServerResponse[] = [];
    receiver.answer = (_one, response) => void held.push(response);
    await bed.happen('m1', 'MeetingStarted', 'MeetingEnded');
    await got(1);
    await bed.engine.redeliveries.one(endpointId, receiver.received[0]!.id);
    expect(receiver.received).toHaveLength(1);
    answerWith(204);
    held[0]?.writeHead(204).end();
    await noted(endpointId, 'delivered', 'delivered');
    expect(receiver.events()).toEqual(['meeting.started', 'meeting.started', 'meeting.ended']);
  });

  it('of what is asked for again during its last attempt does not disable the endpoint', async () => {
    const endpointId = await bed.endpoint(receiver.url);
    const held: ServerResponse[] = [];
    receiver.answer = (_one, response) => void held.push(response);
    await bed.happen('m1', 'MeetingStarted');
    await until('the attempt', () => held.length === 1);
    await bed.engine.redeliveries.one(endpointId, receiver.received[0]?.id ?? '');
    answerWith(204);
    held[0]?.writeHead(410).end();
    await noted(endpointId, 'delivered');
    expect((await bed.eventsOf(endpointId)).map(({ type }) => type)).toEqual(['WebhookEndpointCreated']);
  });

  it('is signed by the old secret too for a day after a rotation, and no longer', async () => {
    const endpointId = await bed.endpoint(receiver.url);
    const [old, fresh] = [bed.secrets.secret(endpointId, 0), bed.secrets.secret(endpointId, 1)];
    await bed.command(endpointId, { type: 'RotateWebhookSecret' });
    const signs = (secret: string, { body, headers }: ReceivedWebhook): boolean => {
      // The library refuses timestamps of another day than its own.
      const at = new Date(Number(headers['webhook-timestamp']) * 1000);
      const signature = new Webhook(secret).sign(String(headers['webhook-id']), at, body);
      return String(headers['webhook-signature']).split(' ').includes(signature);
    };
    bed.pass(DAY - 1);
    await bed.happen('m1', 'MeetingStarted');
    await got(1);
    bed.pass(1);
    await bed.happen('m1', 'MeetingEnded');
    await got(2);
    const [before, after] = receiver.received as [ReceivedWebhook, ReceivedWebhook];
    expect([signs(fresh, before), signs(old, before)]).toEqual([true, true]);
    expect([signs(fresh, after), signs(old, after)]).toEqual([true, false]);
  });

  it('to an address that was changed goes to the new one, also of what waited', async () => {
    const other = await WebhookReceiver.start();
    const endpointId = await bed.endpoint(receiver.url);
    answerWith(500);
    await bed.happen('m1', 'MeetingStarted');
    await tried(endpointId, 1);
    await bed.command(endpointId, { type: 'ChangeWebhookEndpoint', url: other.url });
    bed.pass(5_000 * JITTER);
    await noted(endpointId, 'delivered');
    expect(other.events()).toEqual(['meeting.started']);
    await other.stop();
  });

  it('ends with the endpoint, whose deliveries are forgotten', async () => {
    const endpointId = await bed.endpoint(receiver.url);
    answerWith(500);
    await bed.happen('m1', 'MeetingStarted');
    await tried(endpointId, 1);
    await bed.command(endpointId, { type: 'RemoveWebhookEndpoint' });
    expect(bed.engine.follower.endpoints).toEqual([]);
    bed.pass(DAY);
    await bed.engine.prune();
    expect(await bed.deliveries(endpointId)).toEqual([]);
    expect(receiver.received).toHaveLength(1);
  });

  it('is forgotten after 30 days', async () => {
    const endpointId = await bed.endpoint(receiver.url);
    await bed.happen('m1', 'MeetingStarted');
    await noted(endpointId, 'delivered');
    bed.pass(30 * DAY);
    await bed.engine.prune();
    expect(await bed.deliveries(endpointId)).toHaveLength(1);
    bed.pass(1);
    await bed.engine.prune();
    expect(await bed.deliveries(endpointId)).toEqual([]);
  });

  it('is forgotten however many there are, and keeps nothing else waiting meanwhile', async () => {
    const endpointId = await bed.endpoint(receiver.url);
    await bed.happen('m1', 'MeetingStarted');
    await noted(endpointId, 'delivered');
    const [one] = await bed.deliveries(endpointId);
    const many = Array.from({ length: 500 }, (_, index) => ({ ...one!, position: 1_000 + index }));
    for (let part = 0; part < 5; part += 1)
      await bed.engine.tables
        .insertInto('deliveries')
        .values(many.map(row => ({ ...row, position: row.position + part * 500 })))
        .execute();
    bed.pass(31 * DAY);
    let turns = 0;
    let over = false;
    const count = (): void => {
      turns += 1;
      if (!over) setImmediate(count);
    };
    setImmediate(count);
    await bed.engine.prune();
    over = true;
    expect(await bed.deliveries(endpointId)).toEqual([]);
    expect(turns).toBeGreaterThan(1);
  });
});
