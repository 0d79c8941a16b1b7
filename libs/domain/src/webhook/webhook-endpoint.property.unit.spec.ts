import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyRecord, expectReplayable, runSequence } from '../any-sequence.js';
import type { WebhookCommand } from './webhook-commands.js';
import { WebhookEndpoint } from './webhook-endpoint.js';

const issued = {
  by: fc.constantFrom(
    { userId: 'root', name: 'Root', roles: ['admin'] },
    { userId: 'mallory', name: 'Mallory', roles: ['analyst'] },
  ),
  at: fc.constant('2026-11-22T10:00:00.000Z'),
};
const url = fc.constantFrom('https://one.example.org/', 'http://two.example.org/x?token=1', 'no address');
const events = fc.subarray(['meeting.started', 'chat.message', 'no.event']);
const anyCommand: fc.Arbitrary<WebhookCommand> = fc.oneof(
  anyRecord({
    ...issued,
    type: fc.constant('CreateWebhookEndpoint' as const),
    endpointId: fc.constant('e1'),
    url,
    events,
    format: fc.constantFrom('meetings' as const, 'jitsi' as const),
  }),
  anyRecord({
    ...issued,
    type: fc.constant('ChangeWebhookEndpoint' as const),
    url,
    events,
    description: fc.constantFrom('', 'Calendar'),
    enabled: fc.boolean(),
  }),
  anyRecord({ ...issued, type: fc.constant('RotateWebhookSecret' as const) }),
  anyRecord({
    ...issued,
    type: fc.constant('DisableWebhookEndpoint' as const),
    reason: fc.constantFrom('failing' as const, 'gone' as const),
  }),
  anyRecord({ ...issued, type: fc.constant('RemoveWebhookEndpoint' as const) }),
);
const anyCommands = fc.array(anyCommand, { maxLength: 30 });

it('the events are plain JSON and lead to the same state again, from the beginning and from any snapshot', () =>
  fc.assert(
    fc.property(anyCommands, commands =>
      expectReplayable(WebhookEndpoint, runSequence(WebhookEndpoint, commands)),
    ),
  ));

it('no secret signs again once another has, not even after a removal', () =>
  fc.assert(
    fc.property(anyCommands, commands => {
      for (const { before, after } of runSequence(WebhookEndpoint, commands)) {
        expect(after.generation).toBeGreaterThanOrEqual(before.generation);
        if (before.status === 'removed' && after.status === 'enabled')
          expect(after.generation).toBeGreaterThan(before.generation);
      }
    }),
  ));

it('an endpoint that is there has an address that can be called, without a password, and says why it is disabled', () =>
  fc.assert(
    fc.property(anyCommands, commands => {
      for (const { after } of runSequence(WebhookEndpoint, commands)) {
        if (after.status === 'none') continue;
        const { protocol, host, username } = new URL(after.url);
        expect([['http:', 'https:'].includes(protocol), username, host]).toEqual([true, '', after.host]);
        if (after.status !== 'removed')
          expect(after.disabled !== undefined).toBe(after.status === 'disabled');
      }
    }),
  ));
