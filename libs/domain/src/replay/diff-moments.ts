import type { MeetingMoment } from './meeting-at.js';

export type WhatChanged =
  | 'meeting-changed'
  | 'setting-changed'
  | `participant-${'left' | 'joined' | 'changed'}`
  | `waiting-${'ended' | 'began' | 'changed'}`
  | `recording-${'vanished' | 'began' | 'changed'}`
  | `message-${'vanished' | 'sent' | 'changed'}`;

/** One difference between two moments of a meeting, as JSON. */
export interface MomentChange {
  readonly what: WhatChanged;
  /** Of the participant, the recording or the message; of the user who waits. */
  readonly id?: string;
  /** What changed of it; absent where the whole came or went. */
  readonly field?: string;
  /** As it was at the first moment: the field's value, or the whole; null where there was none. */
  readonly from: unknown;
  /** As it was at the second moment. */
  readonly to: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

/** Both come from one fold, which keeps the order of fields and lists, so that equal values have equal texts. */
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

const fieldChanges = (what: WhatChanged, id: string | undefined, a: Fields, b: Fields): MomentChange[] =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .filter(field => !same(a[field] ?? null, b[field] ?? null))
    .map(field => ({
      what,
      ...(id !== undefined && { id }),
      field,
      from: a[field] ?? null,
      to: b[field] ?? null,
    }));

interface Words {
  readonly gone: WhatChanged;
  readonly come: WhatChanged;
  readonly changed: WhatChanged;
}

/** Of two lists of things with ids: what went, in the first's order; then what came, then what changed, in the second's. */
const listChanges = <T extends object>(
  words: Words,
  a: readonly T[],
  b: readonly T[],
  idOf: (one: T) => string,
): MomentChange[] => {
  const before = new Map(a.map(one => [idOf(one), one]));
  const after = new Map(b.map(one => [idOf(one), one]));
  const gone = [...before].filter(([id]) => !after.has(id));
  const come = [...after].filter(([id]) => !before.has(id));
  return [
    ...gone.map(([id, one]) => ({ what: words.gone, id, from: one, to: null })),
    ...come.map(([id, one]) => ({ what: words.come, id, from: null, to: one })),
    ...[...after].flatMap(([id, one]) => {
      const was = before.get(id);
      return was ? fieldChanges(words.changed, id, was as Fields, one as Fields) : [];
    }),
  ];
};

/**
 * What is different between two moments of one meeting, in a stable order: the meeting's fields, its settings, then
 * participants, those who wait, recordings and messages. Applied to the first moment the changes give the second; when
 * something last happened is not among them. Who left and came back has another seat: that is leaving and joining.
 */
export const diffMoments = (a: MeetingMoment, b: MeetingMoment): readonly MomentChange[] => {
  const { settings: settingsA, ...meetingA } = a.meeting;
  const { settings: settingsB, ...meetingB } = b.meeting;
  return [
    ...fieldChanges('meeting-changed', undefined, meetingA, meetingB),
    ...fieldChanges('setting-changed', undefined, { ...settingsA }, { ...settingsB }),
    ...listChanges(
      { gone: 'participant-left', come: 'participant-joined', changed: 'participant-changed' },
      a.participants,
      b.participants,
      ({ participantId }) => participantId,
    ),
    ...listChanges(
      { gone: 'waiting-ended', come: 'waiting-began', changed: 'waiting-changed' },
      a.waiting,
      b.waiting,
      ({ userId }) => userId,
    ),
    ...listChanges(
      { gone: 'recording-vanished', come: 'recording-began', changed: 'recording-changed' },
      a.recordings,
      b.recordings,
      ({ recordingId }) => recordingId,
    ),
    ...listChanges(
      { gone: 'message-vanished', come: 'message-sent', changed: 'message-changed' },
      a.chat.messages,
      b.chat.messages,
      ({ messageId }) => messageId,
    ),
  ];
};
