import { readServiceError, ServiceError } from './service-error.js';

export interface Guest {
  readonly access_token: string;
  readonly expires_in: number;
  readonly user: { readonly user_id: string; readonly display_name: string };
}
export interface Room {
  readonly name: string;
  readonly meeting_id: string;
  readonly title: string;
  readonly join_url: string;
}
export interface Recording {
  readonly recording_id: string;
  readonly title: string;
  readonly duration_seconds: number | null;
  readonly processing_status: 'recording' | 'processing' | 'completed' | 'failed';
  readonly processing_percent: number | null;
  readonly download_url: string | null;
  readonly thumbnail_url: string | null;
  readonly created_at: string;
}

/** The REST part of the api that the client needs. Every refusal is a `ServiceError`. */
export class ApiClient {
  constructor(private readonly token: () => string | undefined) {}

  async guest(displayName: string): Promise<Guest> {
    return this.#call('POST', '/api/v1/auth/guest', { display_name: displayName });
  }

  /** Opens the room of this name: its running meeting, or a new one. */
  async openRoom(name: string, title?: string): Promise<Room> {
    return this.#call('PUT', `/api/v1/rooms/${encodeURIComponent(name)}`, title ? { title } : {});
  }

  async recordings(meetingId: string): Promise<readonly Recording[]> {
    const query = new URLSearchParams({ meeting_id: meetingId });
    return (await this.#call<{ recordings: Recording[] }>('GET', `/api/v1/recordings?${query}`)).recordings;
  }

  /** Gives the seat back while the page closes: the one kind of request that outlives its page. */
  leaveMeeting(meetingId: string): void {
    const token = this.token();
    if (!token) return;
    fetch(`/api/v1/meetings/${encodeURIComponent(meetingId)}/leave`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      keepalive: true,
    }).catch((error: unknown) => console.debug('Leaving was not heard', error));
  }

  /** What an answer of the meetings dialect carries in its envelope. */
  async data<Data>(method: string, path: string, body?: object): Promise<Data> {
    return (await this.#call<{ data: Data }>(method, path, body)).data;
  }

  async #call<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const token = this.token();
    const answered = await fetch(path, {
      method,
      headers: {
        accept: 'application/json',
        ...(body && { 'content-type': 'application/json' }),
        ...(token && { authorization: `Bearer ${token}` }),
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(15_000),
    }).catch((error: unknown) => {
      throw new ServiceError(
        'UNREACHABLE',
        error instanceof Error ? error.message : 'The server cannot be reached',
      );
    });
    const text = await answered.text();
    const parsed = parseJson(text);
    if (!answered.ok)
      throw readServiceError(parsed, answered.status === 401 ? 'INVALID_TOKEN' : 'UNAVAILABLE');
    return parsed as Answer;
  }
}

/** A proxy's error page is not JSON; then there is nothing to read in it. */
const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
