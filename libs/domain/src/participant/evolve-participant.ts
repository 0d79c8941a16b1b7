import type { ParticipantEvent } from './participant-events.js';
import type { ParticipantState } from './participant-state.js';

export const evolveParticipant = (state: ParticipantState, event: ParticipantEvent): ParticipantState => {
  switch (event.type) {
    case 'ParticipantSeated': {
      const { meetingId, participantId, userId, deviceType, isMuted, isVideoOn } = event.data;
      return { ...state, seated: true, meetingId, participantId, userId, deviceType, isMuted, isVideoOn };
    }
    case 'ParticipantConnected':
      return { ...state, connections: [...state.connections, event.data.connectionId] };
    case 'ParticipantDisconnected':
      return { ...state, connections: state.connections.filter(id => id !== event.data.connectionId) };
    case 'AudioMuted':
      return { ...state, isMuted: true };
    case 'AudioUnmuted':
      return { ...state, isMuted: false };
    case 'VideoTurnedOn':
      return { ...state, isVideoOn: true };
    case 'VideoTurnedOff':
      return { ...state, isVideoOn: false };
    case 'ScreenShareStarted':
      return { ...state, isScreenSharing: true };
    case 'ScreenShareStopped':
      return { ...state, isScreenSharing: false };
    case 'HandRaised':
      return { ...state, isHandRaised: true };
    case 'HandLowered':
      return { ...state, isHandRaised: false };
    case 'ProducerOpened': {
      const { producerId, kind, source, mediaWorkerId } = event.data;
      return {
        ...state,
        producers: { ...state.producers, [producerId]: { producerId, kind, source, mediaWorkerId } },
      };
    }
    case 'ProducerClosed': {
      const { [event.data.producerId]: _closed, ...producers } = state.producers;
      return { ...state, producers };
    }
    default:
      return state;
  }
};
