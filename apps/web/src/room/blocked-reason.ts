import { ownRoom } from '../session/breakout-rooms.js';
import type { MeetingState } from '../session/meeting-state.js';
import type { Permissions } from '../session/protocol.js';

const OF_VIEWER: Partial<Record<keyof Permissions, string>> = {
  microphone: 'Viewers watch and listen; the host can make you a participant',
  camera: 'Viewers watch and listen; the host can make you a participant',
  screen_share: 'Viewers do not share their screen',
  record: 'Viewers do not record',
};
const OF_POLICY: Readonly<Record<keyof Permissions, string>> = {
  microphone: 'Your microphone is switched off in this meeting',
  camera: 'The host has switched cameras off',
  screen_share: 'The host has switched off that you share your screen',
  chat: 'The host has switched off that you write here',
  record: 'You may not record this meeting',
};

/** Why this participant may not do something now, to be told; undefined where they may. */
export const blockedReason = (state: MeetingState, what: keyof Permissions): string | undefined => {
  if (state.permissions[what]) return undefined;
  if (state.role === 'viewer' && OF_VIEWER[what]) return OF_VIEWER[what];
  const room = ownRoom(state);
  if (room && (what === 'chat' || what === 'screen_share')) return `${OF_POLICY[what]}, or in “${room.name}”`;
  return OF_POLICY[what];
};
