import { mayModerate } from '../meeting-role.js';
import { ownEntry } from '../own-entry.js';
import type { Permission } from './meeting-events.js';
import { type MeetingState, roleOf } from './meeting-state.js';

/** What one user may do in the meeting now, by role, settings and breakout room. */
export interface Permissions {
  /** Admit, quieten, assign, remove. */
  readonly moderate: boolean;
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly screenShare: boolean;
  readonly chat: boolean;
  readonly record: boolean;
}

/** Viewers watch, listen and write. Host and co-hosts may all that is not switched off for everybody. */
export const permissionsOf = (state: MeetingState, userId: string): Permissions => {
  const { settings, breakout } = state;
  const role = roleOf(state, userId);
  const moderate = mayModerate(role);
  const sends = role !== 'viewer';
  const may = (permission: Permission): boolean =>
    permission === 'all' || (permission === 'host' && moderate);
  const roomId = ownEntry(state.roster, userId)?.breakoutRoomId;
  const room = moderate ? undefined : breakout?.rooms.find(one => one.roomId === roomId);
  return {
    moderate,
    microphone: sends,
    camera: sends && (moderate || !settings.cameraDisabled),
    screenShare: sends && may(settings.screenSharePermission) && (room?.allowScreenShare ?? true),
    chat: may(settings.chatPermission) && (room?.allowChat ?? true),
    record: sends && may(settings.recordingPermission),
  };
};

/** How a user comes in who wants to come in like this. */
export const entryStatus = (
  state: MeetingState,
  userId: string,
  wish: { readonly isMuted: boolean; readonly isVideoOn: boolean },
): { readonly isMuted: boolean; readonly isVideoOn: boolean } => {
  const { moderate, microphone, camera } = permissionsOf(state, userId);
  return {
    isMuted: wish.isMuted || !microphone || (state.settings.muteOnEntry && !moderate),
    isVideoOn: wish.isVideoOn && camera,
  };
};
