/** What a receiver gets, in the words of the meetings dialect. */
export interface WebhookMessage {
  readonly event: string;
  readonly meeting_id: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** When it happened: ISO 8601, UTC. */
  readonly timestamp: string;
}
