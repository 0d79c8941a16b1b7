/** Why a replay cannot be shown. */
export type RefusalKind =
  'no-token' | 'bad-token' | 'not-allowed' | 'unknown-meeting' | 'busy' | 'unreachable' | 'failed';

export class ReplayRefusal extends Error {
  override readonly name = 'ReplayRefusal';

  constructor(
    readonly kind: RefusalKind,
    message = '',
  ) {
    super(message);
  }
}

const KIND_OF_STATUS: Readonly<Record<number, RefusalKind>> = {
  // An address that no meeting and no room can have.
  400: 'unknown-meeting',
  401: 'bad-token',
  403: 'not-allowed',
  404: 'unknown-meeting',
  429: 'busy',
  // What a proxy says when the server behind it is gone.
  502: 'unreachable',
  503: 'busy',
  504: 'unreachable',
};

export const refusalOfStatus = (status: number, message?: string): ReplayRefusal =>
  new ReplayRefusal(KIND_OF_STATUS[status] ?? 'failed', message);

export const asRefusal = (error: unknown): ReplayRefusal =>
  error instanceof ReplayRefusal
    ? error
    : new ReplayRefusal('failed', error instanceof Error ? error.message : String(error));

/** Refusals that may pass by themselves. */
export const mayPass = ({ kind }: ReplayRefusal): boolean =>
  kind === 'busy' || kind === 'unreachable' || kind === 'failed';
