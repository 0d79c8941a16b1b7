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
