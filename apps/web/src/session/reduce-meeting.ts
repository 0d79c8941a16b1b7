import type { MeetingState, Notice } from './meeting-state.js';
import type { Participant, Push } from './protocol.js';

/** What this page itself does to its view of the meeting. */
export type LocalAction =
  | { readonly type: 'waiting' }
  | { readonly type: 'link'; readonly link: MeetingState['link'] }
  | { readonly type: 'media'; readonly media: MeetingState['media'] }
  | { readonly type: 'left' }
  | { readonly type: 'failed'; readonly failure: string }
  | { readonly type: 'no_longer_waiting'; readonly userId: string }
  | { readonly type: 'notice'; readonly tone: Notice['tone']; readonly text: string }
  | { readonly type: 'notice_dismissed'; readonly id: number };
export type MeetingAction = Push | LocalAction;

/** More than these at a time are noise: the oldest goes. */
const MAX_NOTICES = 4;

const withNotice = (state: MeetingState, text: string, tone: Notice['tone'] = 'info'): MeetingState => ({
  ...state,
  notices: [...state.notices, { id: state.nextNotice, tone, text }].slice(-MAX_NOTICES),
  nextNotice: state.nextNotice + 1,
});

const withoutWaiting = (state: MeetingState, userId: string): MeetingState =>
  state.waiting.some(user => user.user_id === userId)
    ? { ...state, waiting: state.waiting.filter(user => user.user_id !== userId) }
    : state;

/** Replaces the participant where it stands, or adds it at the end. */
const withParticipant = (state: MeetingState, participant: Participant): MeetingState => {
  const known = state.participants.some(
    ({ participant_id }) => participant_id === participant.participant_id,
  );
  const participants = known
    ? state.participants.map(other =>
        other.participant_id === participant.participant_id ? participant : other,
      )
    : [...state.participants, participant];
  const role = participant.participant_id === state.selfId ? participant.role : state.role;
  return { ...state, participants, role };
};

const reducePush = (state: MeetingState, push: Push): MeetingState => {
  switch (push.type) {
    case 'meeting_joined': {
      const { meeting_info, your_participant_id, your_role, producers, messages } = push.payload;
      return {
        ...state,
        phase: 'joined',
        meetingId: meeting_info.meeting_id,
        title: meeting_info.title,
        hostId: meeting_info.host_id,
        selfId: your_participant_id,
        role: your_role,
        settings: meeting_info.settings,
        participants: meeting_info.participants,
        producers,
        waiting: meeting_info.waiting ?? [],
        messages,
        isRecording: meeting_info.is_recording,
      };
    }
    case 'participant_joined': {
      const known = state.participants.some(
        ({ participant_id }) => participant_id === push.payload.participant_id,
      );
      const next = withParticipant(withoutWaiting(state, push.payload.user_id), push.payload);
      const news = !known && push.payload.participant_id !== state.selfId;
      return news ? withNotice(next, `${push.payload.display_name} joined`) : next;
    }
    case 'participant_updated': {
      const before = state.participants.find(other => other.participant_id === push.payload.participant_id);
      const next = withParticipant(state, push.payload);
      const raised = push.payload.is_hand_raised && before?.is_hand_raised === false;
      const news = raised && push.payload.participant_id !== state.selfId;
      return news ? withNotice(next, `${push.payload.display_name} raised a hand`) : next;
    }
    case 'participant_left': {
      const { participant_id } = push.payload;
      if (participant_id === state.selfId) return { ...state, phase: 'removed' };
      const gone = state.participants.find(other => other.participant_id === participant_id);
      if (!gone) return state;
      const next = {
        ...state,
        participants: state.participants.filter(other => other !== gone),
        producers: state.producers.filter(producer => producer.participant_id !== participant_id),
      };
      return withNotice(next, `${gone.display_name} left`);
    }
    case 'participant_waiting': {
      const { user_id, display_name } = push.payload;
      const next = withoutWaiting(state, user_id);
      return { ...next, waiting: [...next.waiting, { user_id, display_name }] };
    }
    case 'join_denied':
      return { ...state, phase: 'denied' };
    case 'chat_message_received': {
      const message = push.payload;
      if (state.messages.some(({ message_id }) => message_id === message.message_id)) return state;
      return { ...state, messages: [...state.messages, message] };
    }
    case 'recording_started':
      return state.isRecording
        ? state
        : withNotice({ ...state, isRecording: true }, 'This meeting is now being recorded');
    case 'recording_stopped':
      return withNotice(
        { ...state, isRecording: false, recordingsStopped: state.recordingsStopped + 1 },
        'The recording has stopped',
      );
    case 'meeting_ended':
      return { ...state, phase: 'ended' };
    case 'new_producer': {
      if (state.producers.some(({ producer_id }) => producer_id === push.payload.producer_id)) return state;
      return { ...state, producers: [...state.producers, push.payload] };
    }
    case 'producer_closed':
      return {
        ...state,
        producers: state.producers.filter(({ producer_id }) => producer_id !== push.payload.producer_id),
      };
    case 'media_restarted':
      return { ...state, producers: [] };
    default:
      // A newer server may push what this client does not know; it loses nothing by not reacting.
      return state;
  }
};

const OVER: ReadonlySet<MeetingState['phase']> = new Set(['left', 'ended', 'denied', 'removed', 'failed']);

/** The next view of the meeting after a push of the server or an act of this page. After the end nothing moves it. */
export const reduceMeeting = (state: MeetingState, action: MeetingAction): MeetingState => {
  if (OVER.has(state.phase)) return state;
  switch (action.type) {
    case 'waiting':
      return { ...state, phase: 'waiting' };
    case 'link':
      return { ...state, link: action.link };
    case 'media':
      return { ...state, media: action.media };
    case 'left':
      return { ...state, phase: 'left' };
    case 'failed':
      return { ...state, phase: 'failed', failure: action.failure };
    case 'no_longer_waiting':
      return withoutWaiting(state, action.userId);
    case 'notice':
      return withNotice(state, action.text, action.tone);
    case 'notice_dismissed':
      return { ...state, notices: state.notices.filter(({ id }) => id !== action.id) };
    default:
      return reducePush(state, action);
  }
};
