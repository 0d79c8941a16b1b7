import type { Aggregate } from '../aggregate.js';
import { DomainError } from '../domain-error.js';
import { isAdmin } from '../principal.js';
import type { ChangeWebhookEndpoint, WebhookCommand } from './webhook-commands.js';
import type { WebhookDisabledReason, WebhookEvent, WebhookFormat, WebhookTarget } from './webhook-events.js';
import { webhookTarget } from './webhook-target.js';

export interface WebhookEndpointState extends WebhookTarget {
  readonly status: 'none' | 'enabled' | 'disabled' | 'removed';
  readonly endpointId: string;
  readonly format: WebhookFormat;
  readonly createdBy: string;
  readonly createdAt: string;
  /** Which secret signs, from 0. */
  readonly generation: number;
  /** When the secret before it was replaced. */
  readonly rotatedAt?: string;
  readonly disabled?: { readonly reason: WebhookDisabledReason; readonly at: string };
}

const targetOf = ({ url, host, events, description }: WebhookTarget): WebhookTarget => ({
  url,
  host,
  events,
  ...(description !== undefined && { description }),
});

const sameTarget = (one: WebhookTarget, other: WebhookTarget): boolean =>
  JSON.stringify(targetOf(one)) === JSON.stringify(targetOf(other));

const change = (
  state: WebhookEndpointState,
  { url, events, description, enabled, by, at }: ChangeWebhookEndpoint,
): readonly WebhookEvent[] => {
  const { endpointId } = state;
  const target = webhookTarget(
    url ?? state.url,
    events ?? state.events,
    description === undefined ? state.description : description,
  );
  const decided: WebhookEvent[] = [];
  if (!sameTarget(state, target)) {
    const data = { endpointId, ...target, changedBy: by.userId, changedAt: at };
    decided.push({ type: 'WebhookEndpointChanged', data });
  }
  if (enabled === true && state.status === 'disabled') {
    decided.push({
      type: 'WebhookEndpointEnabled',
      data: { endpointId, enabledBy: by.userId, enabledAt: at },
    });
  }
  if (enabled === false && state.status === 'enabled') {
    const data = { endpointId, reason: 'by-admin', disabledBy: by.userId, disabledAt: at } as const;
    decided.push({ type: 'WebhookEndpointDisabled', data });
  }
  return decided;
};

const decide = (state: WebhookEndpointState, command: WebhookCommand): readonly WebhookEvent[] => {
  const { by, at } = command;
  if (!isAdmin(by)) throw new DomainError('INSUFFICIENT_PERMISSION', {}, 'Webhooks are for the role admin');
  if (command.type === 'CreateWebhookEndpoint') {
    const { endpointId, url, events, format, description } = command;
    if (state.status === 'enabled' || state.status === 'disabled') return [];
    const target = webhookTarget(url, events, description);
    const data = { endpointId, ...target, format, createdBy: by.userId, createdAt: at };
    return [{ type: 'WebhookEndpointCreated', data }];
  }
  if (state.status === 'none' || state.status === 'removed') {
    throw new DomainError('WEBHOOK_NOT_FOUND');
  }
  const { endpointId } = state;
  switch (command.type) {
    case 'ChangeWebhookEndpoint':
      return change(state, command);
    case 'RotateWebhookSecret': {
      const data = { endpointId, generation: state.generation + 1, rotatedBy: by.userId, rotatedAt: at };
      return [{ type: 'WebhookSecretRotated', data }];
    }
    case 'DisableWebhookEndpoint': {
      if (state.status === 'disabled') return [];
      const data = { endpointId, reason: command.reason, disabledBy: by.userId, disabledAt: at };
      return [{ type: 'WebhookEndpointDisabled', data }];
    }
    case 'RemoveWebhookEndpoint':
      return [{ type: 'WebhookEndpointRemoved', data: { endpointId, removedBy: by.userId, removedAt: at } }];
  }
};

/** Folds one event; also what followers of the log keep of endpoints is made of it. */
const evolve = (state: WebhookEndpointState, event: WebhookEvent): WebhookEndpointState => {
  switch (event.type) {
    case 'WebhookEndpointCreated': {
      const { endpointId, format, createdBy, createdAt } = event.data;
      // One that comes back after its removal, as those of the configuration may, never signs with a secret of before.
      const generation = state.status === 'removed' ? state.generation + 1 : 0;
      const fresh = { status: 'enabled', endpointId, format, createdBy, createdAt, generation } as const;
      return { ...fresh, ...targetOf(event.data) };
    }
    case 'WebhookEndpointChanged': {
      const { description: _before, ...rest } = state;
      return { ...rest, ...targetOf(event.data) };
    }
    case 'WebhookSecretRotated':
      return { ...state, generation: event.data.generation, rotatedAt: event.data.rotatedAt };
    case 'WebhookEndpointDisabled': {
      const { reason, disabledAt: at } = event.data;
      return { ...state, status: 'disabled', disabled: { reason, at } };
    }
    case 'WebhookEndpointEnabled': {
      const { disabled: _over, ...rest } = state;
      return { ...rest, status: 'enabled' };
    }
    case 'WebhookEndpointRemoved':
      return { ...state, status: 'removed' };
    default:
      return state;
  }
};

/** One address that is told of what happens in meetings. */
export const WebhookEndpoint: Aggregate<WebhookEndpointState, WebhookCommand, WebhookEvent> = {
  name: 'webhook',
  initial: {
    status: 'none',
    endpointId: '',
    url: '',
    host: '',
    events: [],
    format: 'meetings',
    createdBy: '',
    createdAt: '',
    generation: 0,
  },
  decide,
  evolve,
};
