import type { DomainEvent } from '../aggregate.js';
import type { Integer, IsoTime } from '../field-types.js';

export const WEBHOOK_FORMATS = ['meetings', 'jitsi'] as const;
export type WebhookFormat = (typeof WEBHOOK_FORMATS)[number];
export type WebhookDisabledReason = 'failing' | 'gone' | 'by-admin';

type E<Type extends string, Data> = DomainEvent<
  Type,
  {
    /** Id of the endpoint. */
    readonly endpointId: string;
  } & Data
>;

/** What is sent where. */
export interface WebhookTarget {
  /**
   * Address that is told. Many receivers put a token into theirs.
   * @secret
   */
  readonly url: string;
  /** The host in the address. */
  readonly host: string;
  /** Names of what is sent; none: all but what must be named. */
  readonly events: readonly string[];
  /** What the endpoint is for, in its administrator's words. */
  readonly description?: string;
}

/**
 * An address is told of what happens from now on.
 * @by an administrator; Parley itself, for addresses in its configuration
 */
export type WebhookEndpointCreated = E<
  'WebhookEndpointCreated',
  WebhookTarget & {
    /** Whose words the messages have. */
    readonly format: WebhookFormat;
    /** User id of who created it; `system` is Parley itself. */
    readonly createdBy: string;
    /** When it was created. */
    readonly createdAt: IsoTime;
  }
>;
/**
 * What is sent where is this from now on.
 * @by an administrator
 */
export type WebhookEndpointChanged = E<
  'WebhookEndpointChanged',
  WebhookTarget & {
    /** User id of who changed it. */
    readonly changedBy: string;
    /** When it was changed. */
    readonly changedAt: IsoTime;
  }
>;
/**
 * Messages are signed with another secret from now on, and for a day with the one before as well. No secret stands in the
 * log: they are derived from the server's own.
 * @by an administrator
 */
export type WebhookSecretRotated = E<
  'WebhookSecretRotated',
  {
    /** Which secret it is, from 1; an endpoint begins with 0. */
    readonly generation: Integer;
    /** User id of who asked for it. */
    readonly rotatedBy: string;
    /** When it was asked for. */
    readonly rotatedAt: IsoTime;
  }
>;
/**
 * Nothing is sent to the endpoint until it is enabled.
 * @by Parley itself, when the last attempt failed or the receiver said that it is gone; an administrator
 */
export type WebhookEndpointDisabled = E<
  'WebhookEndpointDisabled',
  {
    /** Why. */
    readonly reason: WebhookDisabledReason;
    /** User id of who disabled it; `system` is Parley itself. */
    readonly disabledBy: string;
    /** When it was disabled. */
    readonly disabledAt: IsoTime;
  }
>;
/**
 * The endpoint is told again: of what waited, and of what happens from now on.
 * @by an administrator
 */
export type WebhookEndpointEnabled = E<
  'WebhookEndpointEnabled',
  {
    /** User id of who enabled it. */
    readonly enabledBy: string;
    /** When it was enabled. */
    readonly enabledAt: IsoTime;
  }
>;
/**
 * Nothing is sent to the endpoint any more, for good.
 * @by an administrator; Parley itself, when its configuration names the address no more
 */
export type WebhookEndpointRemoved = E<
  'WebhookEndpointRemoved',
  {
    /** User id of who removed it; `system` is Parley itself. */
    readonly removedBy: string;
    /** When it was removed. */
    readonly removedAt: IsoTime;
  }
>;

/**
 * One address that is told of what happens in meetings.
 * @stream webhook-<endpointId>
 */
export type WebhookEvent =
  | WebhookEndpointCreated
  | WebhookEndpointChanged
  | WebhookSecretRotated
  | WebhookEndpointDisabled
  | WebhookEndpointEnabled
  | WebhookEndpointRemoved;

export const WEBHOOK_EVENT_TYPES: readonly WebhookEvent['type'][] = [
  'WebhookEndpointCreated',
  'WebhookEndpointChanged',
  'WebhookSecretRotated',
  'WebhookEndpointDisabled',
  'WebhookEndpointEnabled',
  'WebhookEndpointRemoved',
];
