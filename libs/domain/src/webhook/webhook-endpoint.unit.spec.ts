import { describe, expect, it } from '@jest/globals';
import { specify } from '../given-when-then.js';
import { SYSTEM } from '../principal.js';
import { publicEvent } from '../replay/public-event.js';
import type { ChangeWebhookEndpoint, CreateWebhookEndpoint, WebhookCommand } from './webhook-commands.js';
import { WebhookEndpoint } from './webhook-endpoint.js';
import { isSubscribed } from './webhook-event-names.js';
import type { WebhookEndpointCreated, WebhookEvent } from './webhook-events.js';

const { given } = specify(WebhookEndpoint);
const at = '2026-11-22T10:00:00.000Z';
const root = { userId: 'root', name: 'Root', roles: ['admin'] };
const issued = { by: root, at };
const endpointId = 'e1';

const create = (more: Partial<CreateWebhookEndpoint> = {}): CreateWebhookEndpoint => ({
  type: 'CreateWebhookEndpoint',
  ...issued,
  endpointId,
  url: 'https://hooks.example.org/x?token=1#part',
  events: [],
  format: 'meetings',
  ...more,
});
const change = (more: Partial<ChangeWebhookEndpoint>): ChangeWebhookEndpoint => ({
  type: 'ChangeWebhookEndpoint',
  ...issued,
  ...more,
});
const target = { url: 'https://hooks.example.org/x?token=1', host: 'hooks.example.org', events: [] };
const created: WebhookEndpointCreated = {
  type: 'WebhookEndpointCreated',
  data: { endpointId, ...target, format: 'meetings', createdBy: 'root', createdAt: at },
};
const disabled: WebhookEvent = {
  type: 'WebhookEndpointDisabled',
  data: { endpointId, reason: 'failing', disabledBy: 'system', disabledAt: at },
};
const removed: WebhookEvent = {
  type: 'WebhookEndpointRemoved',
  data: { endpointId, removedBy: 'root', removedAt: at },
};

describe('creating an endpoint', () => {
  it('keeps the address without its fragment, which no receiver sees', () =>
    given().when(create()).then(created));
  it('a second time changes nothing', () => given(created).when(create()).then());
  it('keeps each event once, in the order of the table', () =>
    given()
      .when(create({ events: ['meeting.ended', 'meeting.started', 'meeting.ended'] }))
      .then({ ...created, data: { ...created.data, events: ['meeting.started', 'meeting.ended'] } }));
  it('after a removal begins anew, and signs with no secret of before', () => {
    given(created, removed).when(create()).then(created);
    expect(given(created, removed, created).state).toMatchObject({ status: 'enabled', generation: 1 });
  });
  it.each([
    ['url', { url: 'hooks.example.org' }],
    ['url', { url: 'ftp://hooks.example.org' }],
    ['url', { url: 'https://ada:secret@hooks.example.org' }],
    ['url', { url: `https://hooks.example.org/${'x'.repeat(2048)}` }],
    ['url', { url: 'https://' }],
    ['events', { events: ['meeting.opened'] }],
    ['events', { events: ['webhook.test'] }],
    ['description', { description: 'x'.repeat(201) }],
  ])('is refused naming %s for %j', (field, more) =>
    given()
      .when(create(more))
      .thenRefused('VALIDATION_FAILED', { [field]: expect.any(String) }),
  );
});

describe('changing an endpoint', () => {
  it('leaves what is not named as it is', () =>
    given(created)
      .when(change({ description: 'Calendar' }))
      .then({
        type: 'WebhookEndpointChanged',
        data: { endpointId, ...target, description: 'Calendar', changedBy: 'root', changedAt: at },
      }));
  it('to what it is already changes nothing', () =>
    given(created)
      .when(change({ url: target.url, events: [], enabled: true }))
      .then());
  it('an empty description takes it away', () => {
    const described = { ...created, data: { ...created.data, description: 'Calendar' } };
    given(described)
      .when(change({ description: '' }))
      .then({
        type: 'WebhookEndpointChanged',
        data: { endpointId, ...target, changedBy: 'root', changedAt: at },
      });
  });
  it('to a bad address changes nothing at all', () =>
    given(created, disabled)
      .when(change({ url: 'no', enabled: true }))
      .thenRefused('VALIDATION_FAILED', { url: expect.any(String) }));
  it('enables what is disabled, and disables what is enabled', () => {
    given(created, disabled)
      .when(change({ enabled: true }))
      .then({ type: 'WebhookEndpointEnabled', data: { endpointId, enabledBy: 'root', enabledAt: at } });
    given(created)
      .when(change({ enabled: false }))
      .then({
        type: 'WebhookEndpointDisabled',
        data: { endpointId, reason: 'by-admin', disabledBy: 'root', disabledAt: at },
      });
  });
});

describe('an endpoint', () => {
  const disable = { type: 'DisableWebhookEndpoint', by: SYSTEM, at, reason: 'failing' } as const;

  it('is disabled once, however many deliveries fail', () => {
    given(created).when(disable).then(disabled);
    given(created, disabled).when(disable).then();
  });
  it('gets another secret with each rotation', () => {
    const rotated = (generation: number): WebhookEvent => ({
      type: 'WebhookSecretRotated',
      data: { endpointId, generation, rotatedBy: 'root', rotatedAt: at },
    });
    given(created, rotated(1))
      .when({ type: 'RotateWebhookSecret', ...issued })
      .then(rotated(2));
  });
  it.each<WebhookCommand>([
    change({ enabled: true }),
    { type: 'RotateWebhookSecret', ...issued },
    { type: 'RemoveWebhookEndpoint', ...issued },
    disable,
  ])('that never was, or was removed, knows no $type', command => {
    given().when(command).thenRefused('WEBHOOK_NOT_FOUND');
    given(created, removed).when(command).thenRefused('WEBHOOK_NOT_FOUND');
  });
  it.each<WebhookCommand>([create(), change({}), { type: 'RemoveWebhookEndpoint', ...issued }])(
    'is the administrators’: $type by others is refused',
    command =>
      given(created)
        .when({ ...command, by: { ...root, roles: ['analyst'] } })
        .thenRefused('INSUFFICIENT_PERMISSION'),
  );
  it('shows its address to nobody who reads the log', () => {
    expect(JSON.stringify(publicEvent(created))).not.toContain('token');
    expect(publicEvent(created).data).toMatchObject({ host: 'hooks.example.org' });
  });
});

it('without names an endpoint is told of everything but what people wrote', () => {
  expect(isSubscribed([], 'meeting.started')).toBe(true);
  expect(isSubscribed([], 'chat.message')).toBe(false);
  expect(isSubscribed(['chat.message'], 'chat.message')).toBe(true);
  expect(isSubscribed(['chat.message'], 'meeting.started')).toBe(false);
});
