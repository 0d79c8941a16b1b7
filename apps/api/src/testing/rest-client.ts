export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

/** Calls the REST API as one user, and throws at no status: refusals are answers too. */
export class RestClient {
  constructor(
    private readonly address: string,
    private readonly token?: string,
  ) {}

  get<T = unknown>(path: string, headers: Record<string, string> = {}): Promise<Answer<T>> {
    return this.send<T>(path, { method: 'GET', headers });
  }

  post<T = unknown>(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> {
    return this.withBody<T>('POST', path, body, headers);
  }

  put<T = unknown>(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> {
    return this.withBody<T>('PUT', path, body, headers);
  }

  /** A request just as it is given, the token added. */
  async send<T = unknown>(path: string, init: RequestInit): Promise<Answer<T>> {
    const response = await fetch(this.address + path, {
      redirect: 'manual',
      ...init,
      headers: { ...(this.token && { authorization: `Bearer ${this.token}` }), ...(init.headers as object) },
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson && text ? JSON.parse(text) : text) as T,
    };
  }

  private withBody<T>(
    method: string,
    path: string,
    body: unknown,
    headers: Record<string, string>,
  ): Promise<Answer<T>> {
    return this.send<T>(path, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    });
  }
}
