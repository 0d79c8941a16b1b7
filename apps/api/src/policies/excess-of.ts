import {
  type MediaPermissions,
  type ParticipantState,
  type Producer,
  SOURCE_PERMISSIONS,
  type UpdateStatus,
} from '#libs/domain';

/** What of a seat's state its user may not have (any more). */
export interface Excess {
  /** The status that puts an end to it; absent when the status is as it may be. */
  readonly status?: Pick<UpdateStatus, 'isMuted' | 'isVideoOn' | 'isScreenSharing'>;
  /** The tracks that may not be sent. */
  readonly producers: readonly Producer[];
}

export const excessOf = (state: ParticipantState, may: MediaPermissions): Excess => {
  const status = {
    ...(!state.isMuted && !may.microphone && { isMuted: true }),
    ...(state.isVideoOn && !may.camera && { isVideoOn: false }),
    ...(state.isScreenSharing && !may.screenShare && { isScreenSharing: false }),
  };
  return {
    ...(Object.keys(status).length > 0 && { status }),
    producers: Object.values(state.producers).filter(({ source }) => !may[SOURCE_PERMISSIONS[source]]),
  };
};
