import type { AnyEvent } from '#libs/domain';
import type { IconName } from '../ui/icon.js';
import { type EventKind, kindOf } from './event-kinds.js';

const OF_KIND: Readonly<Record<EventKind, IconName>> = {
  meeting: 'end',
  people: 'person',
  devices: 'microphone',
  breakout: 'people',
  speech: 'sound',
  chat: 'chat',
  recording: 'record',
  media: 'film',
};

/** Where the kind's own picture would mislead. */
const OF_TYPE: Partial<Record<AnyEvent['type'], IconName>> = {
  AudioMuted: 'microphone-off',
  VideoTurnedOn: 'camera',
  VideoTurnedOff: 'camera-off',
  ScreenShareStarted: 'screen',
  ScreenShareStopped: 'screen',
  HandRaised: 'hand',
  HandLowered: 'hand',
};

export const eventIcon = (event: Pick<AnyEvent, 'type'>): IconName =>
  (Object.hasOwn(OF_TYPE, event.type) ? OF_TYPE[event.type] : undefined) ?? OF_KIND[kindOf(event)];
