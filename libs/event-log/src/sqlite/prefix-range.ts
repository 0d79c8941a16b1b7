/** The greatest text that begins with the prefix, in the order of SQLite's texts (by code point). */
export function afterPrefix(prefix: string): string {
  return `${prefix}\u{10FFFF}`;
}
