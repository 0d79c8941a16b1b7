import type { Issued } from '../principal.js';
import type { WebhookFormat } from './webhook-events.js';

export interface CreateWebhookEndpoint extends Issued {
  readonly type: 'CreateWebhookEndpoint';
  readonly endpointId: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly format: WebhookFormat;
  readonly description?: string;
}
/** What is absent stays as it is. */
export interface ChangeWebhookEndpoint extends Issued {
  readonly type: 'ChangeWebhookEndpoint';
  readonly url?: string;
  readonly events?: readonly string[];
  readonly description?: string;
  readonly enabled?: boolean;
}
export interface RotateWebhookSecret extends Issued {
  readonly type: 'RotateWebhookSecret';
}
export interface DisableWebhookEndpoint extends Issued {
  readonly type: 'DisableWebhookEndpoint';
  readonly reason: 'failing' | 'gone';
}
export interface RemoveWebhookEndpoint extends Issued {
  readonly type: 'RemoveWebhookEndpoint';
}
export type WebhookCommand =
  | CreateWebhookEndpoint
  | ChangeWebhookEndpoint
  | RotateWebhookSecret
  | DisableWebhookEndpoint
  | RemoveWebhookEndpoint;
