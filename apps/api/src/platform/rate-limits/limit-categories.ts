import type { RateRule } from './rate-limit.js';

/**
 * What the meetings document limits (section "Rate Limiting"), each for one user in all meetings together:
 *
 * - `management`: a meeting as a whole: start, end, its status, its policy, its recording, opening and closing of breakout
 *   rooms.
 * - `participants`: who is in it and where: join, leave, waiting room, roles, removal, moves between breakout rooms, media
 *   tokens; and whatever else only reads.
 * - `chat`: messages sent, to one, to all or to all rooms. Reading the history is `participants`.
 * - `status`: microphone, camera, screen and hand, one's own or another's.
 * - `socket`: messages over WebSockets, of all the user's connections.
 */
export const LIMIT_CATEGORIES = {
  management: { requests: 100, seconds: 3600 },
  participants: { requests: 1000, seconds: 3600 },
  chat: { requests: 60, seconds: 60 },
  status: { requests: 120, seconds: 60 },
  socket: { requests: 1000, seconds: 60 },
} as const satisfies Record<string, RateRule>;

export type LimitCategory = keyof typeof LIMIT_CATEGORIES;
