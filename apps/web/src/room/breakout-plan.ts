import type { BreakoutPlan } from '../session/meeting-api.js';

export const MAX_ROOMS = 50;
/** Minutes: a day. */
export const MAX_MINUTES = 1440;

/** How people get into the rooms. */
export type Assignment = 'even' | 'hand' | 'choose';

/** The host's form for breakout rooms, as it is filled in. */
export interface BreakoutDraft {
  /** One name a room, as typed; a room without one is called by its number. */
  readonly names: readonly string[];
  readonly assignment: Assignment;
  readonly mayReturn: boolean;
  /** As typed; empty: no limit. */
  readonly minutes: string;
}

export const FIRST_DRAFT: BreakoutDraft = {
  names: ['', ''],
  assignment: 'even',
  mayReturn: true,
  minutes: '',
};

export const roomName = (names: readonly string[], at: number): string =>
  names[at]?.trim() || `Room ${at + 1}`;

/** The draft with so many rooms; names that were typed are kept. */
export const withRooms = (draft: BreakoutDraft, count: number): BreakoutDraft => {
  const rooms = Math.min(MAX_ROOMS, Math.max(1, Math.round(count) || 1));
  return { ...draft, names: Array.from({ length: rooms }, (_, at) => draft.names[at] ?? '') };
};

/** How many minutes are meant; undefined for no limit, NaN for what is no such number. */
export const limitOf = ({ minutes }: BreakoutDraft): number | undefined => {
  if (minutes.trim() === '') return undefined;
  const limit = Number(minutes);
  return Number.isInteger(limit) && limit >= 1 && limit <= MAX_MINUTES ? limit : NaN;
};

/** What to ask the server for. */
export const planOf = (draft: BreakoutDraft): BreakoutPlan => {
  const limit = limitOf(draft);
  return {
    room_count: draft.names.length,
    rooms: draft.names.map((_, at) => ({ name: roomName(draft.names, at) })),
    auto_assign: draft.assignment === 'even',
    allow_participants_to_choose: draft.assignment === 'choose',
    allow_participants_to_return: draft.mayReturn,
    ...(limit !== undefined && { time_limit_minutes: limit }),
  };
};
