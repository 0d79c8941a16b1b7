import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { until } from '../testing/until.js';
import { WebhookBed } from '../testing/webhook-bed.js';
import { WebhookReceiver } from '../testing/webhook-receiver.js';

const MEETINGS = ['m1', 'm2', 'm3'] as const;
const HOUR = 3_600_000;

type Deed =
  | { readonly does: 'happen'; readonly meeting: string; readonly events: number }
  | { readonly does: 'answer'; readonly meeting: string; readonly how: 'well' | 'badly' | 'never' }
  | { readonly does: 'pass' }
  | { readonly does: 'restart' }
  | { readonly does: 'redeliver'; readonly share: number };

const meeting = fc.constantFrom(...MEETINGS);
const anyDeed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant('happen' as const),
      meeting,
      events: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('answer' as const),
      meeting,
      how: fc.constantFrom('well' as const, 'badly' as const, 'never' as const),
    }),
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('pass' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('restart' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('redeliver' as const), share: fc.nat(99) }) },
);

it('whatever fails, hangs, restarts or is asked for again: each meeting is told of in order, and of nothing too little', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyDeed, { minLength: 5, maxLength: 25 }), async deeds => {
      const receiver = await WebhookReceiver.start();
      const bed = await WebhookBed.start();
      try {
        const how = new Map<string, string>();
        /** Ids of messages that the receiver took, by meeting. */
        const taken = new Map<string, string[]>(MEETINGS.map(name => [name, []]));
        receiver.answer = ({ id, json }, response) => {
          const will = how.get(json.meeting_id) ?? 'well';
          if (will === 'well') taken.get(json.meeting_id)?.push(id);
          if (will !== 'never') response.writeHead(will === 'well' ? 204 : 500).end();
        };
        const endpointId = await bed.endpoint(receiver.url);
        const begun = bed.engine.follower.position;
        let redelivered = false;
        for (const deed of deeds) {
          if (deed.does === 'happen') {
            await bed.happen(
              deed.meeting,
              ...Array.from({ length: deed.events }, () => 'ParticipantJoined' as const),
            );
          }
          if (deed.does === 'answer') how.set(deed.meeting, deed.how);
          if (deed.does === 'pass') bed.pass(HOUR);
          if (deed.does === 'restart') {
            await bed.closeEngine();
            await bed.openEngine();
          }
          if (deed.does === 'redeliver') {
            redelivered = true;
            const { position } = bed.engine.follower;
            const from = begun + 1 + Math.floor(((position - begun) * deed.share) / 100);
            await bed.engine.redeliveries.from(endpointId, from, position);
          }
          // Not all of it at rest: some of what follows comes while this is under way.
          await new Promise(resolve => setImmediate(resolve));
        }
        how.clear();
        // What never got an answer is given up by a restart, and whoever was disabled is enabled.
        await bed.closeEngine();
        await bed.openEngine();
        const log = await bed.eventsOf(endpointId);
        // What failed for good is passed over, until it is asked for.
        const passedOver = log.some(({ type }) => type === 'WebhookEndpointDisabled');
        await bed.command(endpointId, { type: 'ChangeWebhookEndpoint', enabled: true });
        // What comes to be queued only after it was asked for again might be sent before it.
        await until('all to be queued', async () => bed.engine.follower.position === (await bed.log.head()));
        await bed.engine.redeliveries.from(endpointId, begun + 1, bed.engine.follower.position);
        await until('all to be delivered', async () => {
          bed.pass(HOUR);
          const deliveries = await bed.deliveries(endpointId);
          const under = await bed.engine.tables.selectFrom('redeliveries').selectAll().execute();
          return under.length === 0 && deliveries.every(({ status }) => status === 'delivered');
        });
        for (const name of MEETINGS) {
          const happened: string[] = [];
          for await (const { id } of bed.log.readStream(`meeting-${name}`)) happened.push(`msg_${id}`);
          const ids = taken.get(name) ?? [];
          expect([...new Set(ids)].sort()).toEqual([...happened].sort());
          // The last redelivery is of everything: in order, and without a gap.
          expect(ids.slice(-happened.length)).toEqual(happened);
          // Before that, too, a message is never ahead of an earlier one that was not taken yet.
          if (!redelivered && !passedOver) expect([...new Set(ids)]).toEqual(happened);
        }
      } finally {
        await bed.stop();
        await receiver.stop();
      }
      expect(bed.logged.errors).toEqual([]);
    }),
    { numRuns: 12 },
  );
}, 180_000);
