/** Loudness from which somebody is heard to speak, on the linear scale of RTCRtpContributingSource.audioLevel (0 to 1). */
export const SPEECH_LEVEL = 0.015;
/** Milliseconds for which a pause between words still counts as speaking. */
export const HOLD_MS = 900;

export interface Speaking {
  /** When each participant was last heard, in milliseconds. */
  readonly heardAt: ReadonlyMap<string, number>;
  readonly speakers: ReadonlySet<string>;
}
export const nobodySpeaks: Speaking = { heardAt: new Map(), speakers: new Set() };

const sameMembers = (left: ReadonlySet<string>, right: ReadonlySet<string>): boolean =>
  left.size === right.size && [...left].every(member => right.has(member));

/** Who speaks, from the loudness of each at this moment. The set is the same object while nobody begins or stops. */
export const nextSpeaking = (
  before: Speaking,
  levels: ReadonlyMap<string, number>,
  now: number,
): Speaking => {
  const heardAt = new Map([...before.heardAt].filter(([, at]) => now - at < HOLD_MS));
  for (const [participant, level] of levels) if (level >= SPEECH_LEVEL) heardAt.set(participant, now);
  const speakers = new Set(heardAt.keys());
  return { heardAt, speakers: sameMembers(speakers, before.speakers) ? before.speakers : speakers };
};
