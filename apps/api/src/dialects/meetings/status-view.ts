import type { ParticipantState } from '#libs/domain';
import type { StatusChange } from '../../participants/update-status.js';
import type { StatusBody } from './status-body.js';

/** The change that a body asks for. */
export const statusChange = (body: StatusBody): StatusChange => ({
  isMuted: body.is_muted,
  isVideoOn: body.is_video_enabled,
  isScreenSharing: body.is_screen_sharing,
  isHandRaised: body.is_hand_raised,
});

/** A participant's status as the document shows it. Whoever has one is in, and waits no more. */
export const statusView = (state: ParticipantState) => ({
  is_muted: state.isMuted,
  is_video_enabled: state.isVideoOn,
  is_screen_sharing: state.isScreenSharing,
  is_hand_raised: state.isHandRaised,
  is_in_waiting_room: false,
});
