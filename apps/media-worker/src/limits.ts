/** What one client may hold on a media worker. Honest clients stay far below; the rest would cost everyone else's memory. */
export const LIMITS = {
  /** One to send and one to receive, and the same again while it negotiates anew. */
  transportsPerConnection: 4,
  /** Several devices at a time. */
  transportsPerParticipant: 16,
  /** Microphone, camera, screen and its sound, on two devices. */
  producersPerParticipant: 8,
  /** A meeting of a few hundred with two tracks each. */
  consumersPerConnection: 1000,
  /** Bits per second that a client may send. */
  incomingBitrate: 3_000_000,
  /** Bits per second assumed for a receiver until its bandwidth is measured. */
  initialOutgoingBitrate: 1_000_000,
} as const;
