const QUALITIES = [
  'amber', 'brave', 'bright', 'calm', 'clear', 'clever', 'coral', 'cosy', 'eager', 'early', 'fair', 'gentle', 'golden',
  'happy', 'honest', 'jolly', 'keen', 'kind', 'lively', 'lucky', 'mellow', 'merry', 'mild', 'neat', 'noble', 'proud',
  'quick', 'quiet', 'silver', 'sunny', 'swift', 'warm', 'wise', 'witty',
] as const; // prettier-ignore
const THINGS = [
  'anchor', 'badger', 'beacon', 'birch', 'brook', 'cedar', 'cloud', 'comet', 'dune', 'falcon', 'fern', 'finch', 'fjord',
  'garden', 'harbour', 'hazel', 'heron', 'island', 'lantern', 'maple', 'meadow', 'orchard', 'otter', 'pebble', 'pine',
  'raven', 'reef', 'river', 'robin', 'sparrow', 'summit', 'thistle', 'valley', 'willow',
] as const; // prettier-ignore

const pick = <Item>(items: readonly Item[], random: () => number): Item =>
  items[Math.min(items.length - 1, Math.floor(random() * items.length))] as Item;

/** A name for a meeting that is easy to say on the phone, such as `calm-heron-42`. @param random from 0 to below 1 */
export const friendlyRoomName = (random: () => number = Math.random): string =>
  `${pick(QUALITIES, random)}-${pick(THINGS, random)}-${10 + Math.floor(random() * 90)}`;
