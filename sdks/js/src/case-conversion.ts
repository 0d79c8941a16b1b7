const camel = (name: string): string =>
  name.replace(/_+([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
const snake = (name: string): string => name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);

const renamed = (value: unknown, rename: (name: string) => string): unknown => {
  if (Array.isArray(value)) return value.map(one => renamed(one, rename));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [rename(name), renamed(inner, rename)]),
  );
};

/** A value of the API with the names of its fields as JavaScript writes them: `meeting_id` becomes `meetingId`, at any depth. */
export const camelCased = <T>(value: unknown): T => renamed(value, camel) as T;

/** A value of JavaScript with the names of its fields as the API writes them: `deviceType` becomes `device_type`, at any depth. */
export const snakeCased = (value: unknown): unknown => renamed(value, snake);
