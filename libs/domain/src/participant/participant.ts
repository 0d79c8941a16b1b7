import type { Aggregate } from '../aggregate.js';
import { decideParticipant } from './decide-participant.js';
import { evolveParticipant } from './evolve-participant.js';
import type { ParticipantCommand } from './participant-commands.js';
import type { ParticipantEvent } from './participant-events.js';
import { initialParticipant, type ParticipantState } from './participant-state.js';

/** One seat in one meeting: connected devices, microphone, camera, screen, hand. What changes often stays off the meeting's stream. */
export const Participant: Aggregate<ParticipantState, ParticipantCommand, ParticipantEvent> = {
  name: 'participant',
  initial: initialParticipant,
  decide: decideParticipant,
  evolve: evolveParticipant,
};
