import type { MediaSource, ParticipantState } from '#libs/domain';

/** Whether what the participant said of microphone and camera stops the tracks of this source. */
export const isSilenced = (state: ParticipantState, source: MediaSource): boolean =>
  (source === 'microphone' && state.isMuted) || (source === 'camera' && !state.isVideoOn);
