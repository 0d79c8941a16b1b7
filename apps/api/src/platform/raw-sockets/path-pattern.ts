/** The parameters of a path that fits, decoded; undefined when it does not fit. */
export type PathPattern = (path: string) => Readonly<Record<string, string>> | undefined;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** @param pattern a path in which a part `:name` stands for any one part, such as `/api/v1/meetings/:id/replay` */
export const pathPattern = (pattern: string): PathPattern => {
  const parts = pattern
    .split('/')
    .map(part => (part.startsWith(':') ? `(?<${part.slice(1)}>[^/]+)` : escaped(part)));
  const regex = new RegExp(`^${parts.join('/')}$`);
  return path => {
    const groups = regex.exec(path)?.groups;
    if (!groups) return regex.test(path) ? {} : undefined;
    try {
      return Object.fromEntries(
        Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]),
      );
    } catch {
      // A broken percent sign: no address of ours.
      return undefined;
    }
  };
};
