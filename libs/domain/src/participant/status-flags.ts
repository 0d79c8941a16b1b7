/** Which event says that a flag was set or cleared, and of what it is the flag. */
export const STATUS_FLAGS = [
  ['isMuted', 'AudioMuted', 'AudioUnmuted', 'microphone'],
  ['isVideoOn', 'VideoTurnedOn', 'VideoTurnedOff', 'camera'],
  ['isScreenSharing', 'ScreenShareStarted', 'ScreenShareStopped', 'screen'],
  ['isHandRaised', 'HandRaised', 'HandLowered', 'hand'],
] as const;

/** The types of the events that change what others see of a participant: microphone, camera, screen, hand. */
export const STATUS_EVENT_TYPES = STATUS_FLAGS.flatMap(([, set, cleared]) => [set, cleared]);
