import { DomainError } from '../domain-error.js';
import { mayModerate } from '../meeting-role.js';
import { ownEntry } from '../own-entry.js';
import { isAdmin } from '../principal.js';
import {
  type MediaPermissions,
  type ParticipantCommand,
  SOURCE_PERMISSIONS,
  type UpdateStatus,
} from './participant-commands.js';
import { MAX_REACTION_SECONDS, type ParticipantEvent, SOURCE_KINDS } from './participant-events.js';
import type { ParticipantState } from './participant-state.js';
import { STATUS_FLAGS } from './status-flags.js';

/** What a host or co-host may do to others: quieten. Nobody opens another person's microphone, camera, screen or hand. */
const QUIET = { isMuted: true, isVideoOn: false, isScreenSharing: false, isHandRaised: false } as const;

const requireMay = (may: MediaPermissions, what: keyof MediaPermissions): void => {
  if (may[what]) return;
  if (what === 'screenShare') throw new DomainError('SCREEN_SHARE_DISABLED');
  throw new DomainError(
    'INSUFFICIENT_PERMISSION',
    { [what]: 'is off for you in this meeting' },
    `The ${what} is off for you in this meeting`,
  );
};
const REACTION = /^[^\p{Cc}\p{Cs}]{1,32}$/u;

const decideStatus = (state: ParticipantState, command: UpdateStatus): readonly ParticipantEvent[] => {
  const { meetingId, participantId, userId } = state;
  const { by, at } = command;
  const changes = STATUS_FLAGS.filter(
    ([flag]) => command[flag] !== undefined && command[flag] !== state[flag],
  );
  if (by.userId !== userId) {
    if (!mayModerate(command.byRole) && !isAdmin(by)) throw new DomainError('INSUFFICIENT_PERMISSION');
    for (const [flag, , , what] of changes) {
      if (command[flag] !== QUIET[flag]) {
        throw new DomainError(
          'INSUFFICIENT_PERMISSION',
          { [what]: 'is turned on by the participant alone' },
          'Only the participant may turn this on',
        );
      }
    }
  }
  for (const [flag] of changes) {
    if (flag === 'isMuted' && !command.isMuted) requireMay(command.may, 'microphone');
    if (flag === 'isVideoOn' && command.isVideoOn) requireMay(command.may, 'camera');
    if (flag === 'isScreenSharing' && command.isScreenSharing) requireMay(command.may, 'screenShare');
  }
  return changes.map(([flag, set, cleared]) => ({
    type: command[flag] ? set : cleared,
    data: { meetingId, participantId, by: by.userId, at },
  }));
};

export const decideParticipant = (
  state: ParticipantState,
  command: ParticipantCommand,
): readonly ParticipantEvent[] => {
  const { by, at } = command;
  if (command.type === 'SeatParticipant') {
    if (state.seated) return [];
    const { meetingId, participantId, userId, deviceType, isMuted, isVideoOn } = command;
    return [
      {
        type: 'ParticipantSeated',
        data: { meetingId, participantId, userId, deviceType, isMuted, isVideoOn, seatedAt: at },
      },
    ];
  }
  if (!state.seated) throw new DomainError('PARTICIPANT_NOT_FOUND');
  const { meetingId, participantId, userId } = state;
  const own = { meetingId, participantId };
  // Status has rules of its own; everything else is for the participant, or for Parley itself on a worker's or socket's word.
  if (command.type !== 'UpdateStatus' && by.userId !== userId && !isAdmin(by)) {
    throw new DomainError('INSUFFICIENT_PERMISSION');
  }

  switch (command.type) {
    case 'ConnectParticipant': {
      const { connectionId } = command;
      if (state.connections.includes(connectionId)) return [];
      return [{ type: 'ParticipantConnected', data: { ...own, connectionId, connectedAt: at } }];
    }
    case 'DisconnectParticipant': {
      const { connectionId } = command;
      if (!state.connections.includes(connectionId)) return [];
      return [{ type: 'ParticipantDisconnected', data: { ...own, connectionId, disconnectedAt: at } }];
    }
    case 'UpdateStatus':
      return decideStatus(state, command);
    case 'OpenProducer': {
      const { producerId, kind, source, mediaWorkerId } = command;
      if (by.userId !== userId) throw new DomainError('INSUFFICIENT_PERMISSION');
      if (SOURCE_KINDS[source] !== kind) {
        throw new DomainError('VALIDATION_FAILED', { kind: `must be ${SOURCE_KINDS[source]} for ${source}` });
      }
      requireMay(command.may, SOURCE_PERMISSIONS[source]);
      if (ownEntry(state.producers, producerId)) return [];
      // What ran on another media worker died with it or was left behind there.
      const stranded = Object.values(state.producers).filter(
        producer => producer.mediaWorkerId !== mediaWorkerId,
      );
      return [
        ...stranded.map(producer => ({
          type: 'ProducerClosed' as const,
          data: { ...own, producerId: producer.producerId, closedAt: at },
        })),
        {
          type: 'ProducerOpened' as const,
          data: { ...own, producerId, kind, source, mediaWorkerId, openedAt: at },
        },
      ];
    }
    case 'CloseProducer': {
      const { producerId } = command;
      if (!ownEntry(state.producers, producerId)) return [];
      return [{ type: 'ProducerClosed', data: { ...own, producerId, closedAt: at } }];
    }
    case 'SendReaction': {
      const { reactionType, durationSeconds } = command;
      if (!REACTION.test(reactionType)) {
        throw new DomainError('VALIDATION_FAILED', { reaction_type: 'must be 1 to 32 characters' });
      }
      if (!(durationSeconds >= 1 && durationSeconds <= MAX_REACTION_SECONDS)) {
        throw new DomainError('VALIDATION_FAILED', {
          duration: `must be from 1 to ${MAX_REACTION_SECONDS} seconds`,
        });
      }
      return [{ type: 'ReactionSent', data: { ...own, reactionType, durationSeconds, by: by.userId, at } }];
    }
    case 'RecordSpeech': {
      const { seconds, measuredAt } = command;
      // Nobody's own word for it.
      if (!isAdmin(by)) throw new DomainError('INSUFFICIENT_PERMISSION');
      const tenths = Math.round(seconds * 10);
      if (!(tenths > 0 && Number.isSafeInteger(tenths))) return [];
      return [{ type: 'ParticipantSpoke', data: { ...own, seconds: tenths / 10, measuredAt } }];
    }
  }
};
