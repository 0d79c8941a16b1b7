/** Up to two letters that stand for a name. */
export const initials = (name: string): string => {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const first = firstLetter(words[0]);
  const last = words.length > 1 ? firstLetter(words.at(-1)) : '';
  return (first + last).toUpperCase() || '?';
};

const firstLetter = (word = ''): string => [...word].find(char => /[\p{L}\p{N}]/u.test(char)) ?? '';

/** One of `count` colours, the same for the same person on every screen. */
export const colourIndex = (seed: string, count: number): number => {
  let hash = 0;
  for (const char of seed) hash = (Math.imul(hash, 31) + (char.codePointAt(0) ?? 0)) >>> 0;
  return hash % count;
};
