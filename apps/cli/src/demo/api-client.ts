import { CommandFailure } from '../command-failure.js';

/** Calls a running system's REST API as one user. */
export class ApiClient {
  constructor(
    private readonly address: string,
    private readonly token: string,
  ) {}

  /** @throws CommandFailure when the answer is no success. */
  async call<T>(method: string, path: string, body: unknown = {}): Promise<T> {
    const response = await fetch(this.address + path, {
      method,
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
      ...(method !== 'GET' && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new CommandFailure(`${method} ${path} answered ${response.status}: ${text}`);
    return JSON.parse(text) as T;
  }
}
