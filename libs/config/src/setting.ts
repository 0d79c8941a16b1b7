import ipaddr from 'ipaddr.js';

/** Reads one setting from its text. `read` throws an Error whose message ends the sentence "NAME …". */
export interface Setting<T> {
  readonly fallback: T;
  read(value: string): T;
}

export const integer = (fallback: number, least: number, most: number): Setting<number> => ({
  fallback,
  read: value => {
    const number = Number(value);
    if (!/^\d+$/.test(value) || number < least || number > most) {
      throw new Error(`must be a whole number from ${least} to ${most}`);
    }
    return number;
  },
});

export const choice = <const T extends string>(fallback: T, allowed: readonly T[]): Setting<T> => ({
  fallback,
  read: value => {
    const found = allowed.find(one => one === value);
    if (found === undefined) throw new Error(`must be one of ${allowed.join(', ')}`);
    return found;
  },
});

export const text = (fallback: string, least = 1): Setting<string> => ({
  fallback,
  read: value => {
    if (value.length < least) throw new Error(`must have at least ${least} characters`);
    return value;
  },
});

export const url = (
  fallback: string,
  protocols: readonly string[] = ['http:', 'https:'],
): Setting<string> => ({
  fallback,
  read: value => {
    if (!URL.canParse(value) || !protocols.includes(new URL(value).protocol)) {
      throw new Error(`must be an address that begins with ${protocols.map(one => `${one}//`).join(' or ')}`);
    }
    return value.replace(/\/+$/, '');
  },
});

/** EventStoreDB's own form of address: several hosts, credentials and options are the client's to read. */
export const connectionString = (fallback: string): Setting<string> => ({
  fallback,
  read: value => {
    if (!/^esdb(\+discover)?:\/\/[^/?]/.test(value)) {
      throw new Error('must be an address that begins with esdb:// or esdb+discover://');
    }
    return value;
  },
});

/** The items of a list that is written with commas. */
export const listItems = (value: string): string[] =>
  value
    .split(',')
    .map(item => item.trim())
    .filter(item => item !== '');

const list = (fallback: string, check: (item: string) => boolean, what: string): Setting<string> => ({
  fallback,
  read: value => {
    if (!listItems(value).every(check)) throw new Error(`must be ${what}, separated by commas`);
    return value;
  },
});

const isWebhookUrl = (item: string): boolean => {
  if (!URL.canParse(item) || item.length > 2048) return false;
  const { protocol, username, password } = new URL(item);
  return ['http:', 'https:'].includes(protocol) && username === '' && password === '';
};

export const urls = (fallback: string): Setting<string> =>
  list(fallback, isWebhookUrl, 'addresses that begin with http:// or https:// and hold no user or password');

const isOrigin = (item: string): boolean => {
  if (!URL.canParse(item) || item.includes('*')) return false;
  const { protocol, origin, href } = new URL(item);
  return ['http:', 'https:'].includes(protocol) && href === `${origin}/`;
};

/** Sites, as browsers name them (RFC 6454): scheme, host and port, nothing else. */
export const origins = (fallback: string): Setting<string> =>
  list(fallback, isOrigin, 'origins such as https://app.example.org, each without a path and without *');

/** Networks as CIDR (`10.0.0.0/8`), or single addresses. */
export const networks = (fallback: string): Setting<string> =>
  list(
    fallback,
    item => (item.includes('/') ? ipaddr.isValidCIDR(item) : ipaddr.isValid(item)),
    'networks such as 10.0.0.0/8 or addresses such as 10.0.0.7',
  );
