import type { EventLog, RecordedEvent } from '../event-log.js';

export interface EventStoreDbDoorOptions {
  readonly log: EventLog;
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
  /** Whether clients may write. */
  readonly writable: boolean;
  /** The contents of PEM files. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /**
   * Who a user with this password is, and whether they may read here (they may where it says nothing); undefined for
   * nobody. Without it everybody may call.
   */
  readonly authenticate?: (
    user: string,
    password: string,
  ) => Promise<{ readonly userId: string; readonly mayRead?: boolean } | undefined>;
  /** The event as this user is shown it; undefined when it is not for that user. */
  readonly show?: (event: RecordedEvent, userId: string) => RecordedEvent | undefined;
}

export interface EventStoreDbDoor {
  readonly port: number;
  /** Ends all calls and frees the port within a second; the log stays open. */
  close(): Promise<void>;
}
