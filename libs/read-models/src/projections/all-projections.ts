import type { Projection } from '../projection.js';
import { breakoutVisits } from './breakout-visits.js';
import { chatMessages } from './chat-messages.js';
import { meetings } from './meetings.js';
import { participants } from './participants.js';
import { producers } from './producers.js';
import { recordings } from './recordings.js';
import { rooms } from './rooms.js';
import { turnedAway } from './turned-away.js';
import { waiting } from './waiting.js';

/** Every projection of Parley. */
export const ALL_PROJECTIONS: readonly Projection[] = [
  meetings,
  participants,
  producers,
  waiting,
  turnedAway,
  chatMessages,
  breakoutVisits,
  recordings,
  rooms,
];
