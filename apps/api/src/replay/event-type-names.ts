import { EVENT_CATALOGUE } from '#libs/domain';
import { wrongField } from './wrong-field.js';

const EVENT_TYPES = Object.keys(EVENT_CATALOGUE);

/** How many letters must be put in, taken away or changed to make one word of the other, whatever their case. */
const distance = (one: string, other: string): number => {
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...one.toLowerCase()].entries()) {
    const next = [i + 1];
    for (const [j, against] of [...other.toLowerCase()].entries()) {
      const changed = (row[j] ?? 0) + (letter === against ? 0 : 1);
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
};

const nearest = (name: string): string | undefined => {
  const [best] = EVENT_TYPES.map(type => ({ type, by: distance(name, type) })).sort((a, b) => a.by - b.by);
  return best && best.by <= Math.max(2, name.length / 3) ? best.type : undefined;
};

/** @throws DomainError VALIDATION_FAILED for a name that no type of event has, with the one that was most likely meant. */
export const requireEventTypes = (names: readonly string[]): void => {
  for (const name of names) {
    if (EVENT_TYPES.includes(name)) continue;
    const meant = nearest(name);
    const hint = meant ? `did you mean ${meant}? ` : '';
    throw wrongField('type', `names no type of event (${name}): ${hint}docs/EVENTS.md lists them all`);
  }
};
