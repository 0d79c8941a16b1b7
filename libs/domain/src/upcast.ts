import { DEFAULT_SETTINGS } from './meeting/meeting-state.js';
import { ownEntry } from './own-entry.js';

interface Versioned {
  readonly type: string;
  /** Version of the type's shape, from 1. */
  readonly version: number;
  readonly data: unknown;
}

/** By type of event, what brings data of version 1 to version 2, of version 2 to version 3, and so on. */
export type Upcasts = Readonly<Record<string, readonly ((data: never) => unknown)[]>>;

export interface Upcasting {
  /** The event in the shape of today; an event in today's shape, or of a later version than this code knows, is given back itself. */
  readonly upcast: <E extends Versioned>(event: E) => E;
  /** The version in which events of this type are written today. */
  readonly versionOf: (type: string) => number;
}

/** So that an old log keeps replaying: events are stored as they were written, and read in the shape of today. */
export const upcasting = (upcasts: Upcasts): Upcasting => {
  const stepsOf = (type: string): Upcasts[string] => ownEntry(upcasts, type) ?? [];
  return {
    upcast: event => {
      const steps = stepsOf(event.type).slice(event.version - 1);
      if (steps.length === 0) return event;
      const data = steps.reduce<unknown>((older, step) => step(older as never), event.data);
      return { ...event, version: event.version + steps.length, data };
    },
    versionOf: type => stepsOf(type).length + 1,
  };
};

/** Before there were security policies, settings said yes or no. */
interface FirstSettings {
  readonly recordingEnabled: boolean;
  readonly chatEnabled: boolean;
  readonly screenShareEnabled: boolean;
}
const withPermissions = (data: { readonly settings: FirstSettings }): unknown => {
  const { recordingEnabled, chatEnabled, screenShareEnabled, ...kept } = data.settings;
  return {
    ...data,
    settings: {
      ...DEFAULT_SETTINGS,
      ...kept,
      recordingPermission: recordingEnabled ? 'host' : 'none',
      screenSharePermission: screenShareEnabled ? 'all' : 'none',
      chatPermission: chatEnabled ? 'all' : 'none',
    },
  };
};

/** Parley's own. A type whose shape changes gets a step here, and its events are written in the next version from then on. */
export const { upcast, versionOf } = upcasting({ MeetingCreated: [withPermissions] });
