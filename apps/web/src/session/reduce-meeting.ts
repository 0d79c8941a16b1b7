import { ownRoom } from './breakout-rooms.js';
import { mayModerate, type MeetingState, type Notice } from './meeting-state.js';
import type { Participant, Push, WaitingUser } from './protocol.js';
import { reduceBreakout, withBreakout } from './reduce-breakout.js';
import { withNotice } from './with-notice.js';

/** What this page itself does to its view of the meeting. */
export type LocalAction =
  | { readonly type: 'waiting' }
  | { readonly type: 'link'; readonly link: MeetingState['link'] }
  | { readonly type: 'media'; readonly media: MeetingState['media'] }
  | { readonly type: 'left' }
  | { readonly type: 'failed'; readonly failure: string }
  | { readonly type: 'no_longer_waiting'; readonly userId: string }
  | { readonly type: 'waiting_known'; readonly waiting: readonly WaitingUser[] }
  | { readonly type: 'turned_away'; readonly user: WaitingUser }
  | { readonly type: 'let_back'; readonly userId: string }
  | { readonly type: 'reaction_over'; readonly id: number }
  | { readonly type: 'notice'; readonly tone: Notice['tone']; readonly text: string }
  | { readonly type: 'notice_dismissed'; readonly id: number };
export type MeetingAction = Push | LocalAction;

const withoutWaiting = (state: MeetingState, userId: string): MeetingState =>
  state.waiting.some(user => user.user_id === userId)
    ? { ...state, waiting: state.waiting.filter(user => user.user_id !== userId) }
    : state;

const withoutTurnedAway = (state: MeetingState, userId: string): MeetingState => ({
  ...state,
  turnedAway: state.turnedAway.filter(user => user.user_id !== userId),
});

const withTurnedAway = (state: MeetingState, { user_id, display_name }: WaitingUser): MeetingState => ({
  ...state,
  turnedAway: [...withoutTurnedAway(state, user_id).turnedAway, { user_id, display_name }],
});

/** Where somebody is, as others call it who are not there. */
const whereabouts = (state: MeetingState, { breakout_room_id }: Participant): string => {
  const elsewhere = breakout_room_id !== null && breakout_room_id !== ownRoom(state)?.room_id;
  const name = elsewhere ? state.roomNames[breakout_room_id] : undefined;
  return name === undefined ? '' : ` in “${name}”`;
};

const ROLE_NEWS: Readonly<Record<Participant['role'], string>> = {
  host: 'You are the host now',
  'co-host': 'You are a co-host now',
  participant: 'You are a participant now',
  viewer: 'You are a viewer now: you watch, listen and write',
};

/** What is worth telling of a change to a participant. */
const newsOf = (state: MeetingState, before: Participant | undefined, now: Participant): string[] => {
  if (!before) return [];
  if (now.participant_id === state.selfId) return before.role === now.role ? [] : [ROLE_NEWS[now.role]];
  const raised = now.is_hand_raised && !before.is_hand_raised;
  const where = whereabouts(state, now);
  return raised && (where === '' || mayModerate(state)) ? [`${now.display_name} raised a hand${where}`] : [];
};

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
        ...withBreakout(state, meeting_info.breakout ?? undefined),
        phase: 'joined',
        meetingId: meeting_info.meeting_id,
        title: meeting_info.title,
        hostId: meeting_info.host_id,
        selfId: your_participant_id,
        role: your_role,
        permissions: meeting_info.permissions,
        isLocked: meeting_info.is_locked,
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
      const { user_id } = push.payload;
      const next = withParticipant(withoutTurnedAway(withoutWaiting(state, user_id), user_id), push.payload);
      const news = !known && push.payload.participant_id !== state.selfId;
      return news ? withNotice(next, `${push.payload.display_name} joined`) : next;
    }
    case 'participant_updated': {
      const before = state.participants.find(other => other.participant_id === push.payload.participant_id);
      const next = withParticipant(state, push.payload);
      return newsOf(next, before, push.payload).reduce((told, text) => withNotice(told, text), next);
    }
    case 'participant_left': {
      const { participant_id, reason } = push.payload;
      const removed = reason === 'removed';
      if (participant_id === state.selfId) return { ...state, phase: removed ? 'removed' : 'gone' };
      const gone = state.participants.find(other => other.participant_id === participant_id);
      if (!gone) return state;
      const next = {
        ...state,
        participants: state.participants.filter(other => other !== gone),
        producers: state.producers.filter(producer => producer.participant_id !== participant_id),
      };
      return removed
        ? withNotice(withTurnedAway(next, gone), `${gone.display_name} was removed`)
        : withNotice(next, `${gone.display_name} left`);
    }
    case 'participant_waiting': {
      const { user_id, display_name } = push.payload;
      const next = withoutWaiting(state, user_id);
      return { ...next, waiting: [...next.waiting, { user_id, display_name }] };
    }
    case 'participant_stopped_waiting':
      return withoutWaiting(state, push.payload.user_id);
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
    case 'reaction':
      return {
        ...state,
        reactions: [...state.reactions, { ...push.payload, id: state.nextId }],
        nextId: state.nextId + 1,
      };
    case 'permissions_updated':
      return { ...state, permissions: push.payload.permissions };
    case 'meeting_updated': {
      const { is_locked: isLocked, host_id: hostId } = push.payload;
      const next = { ...state, isLocked, hostId };
      if (isLocked === state.isLocked || !mayModerate(state)) return next;
      return withNotice(
        next,
        isLocked ? 'The meeting is locked: nobody else comes in' : 'The meeting is open',
      );
    }
    default:
      // A newer server may push what this client does not know; it loses nothing by not reacting.
      return reduceBreakout(state, push) ?? state;
  }
};

const OVER: ReadonlySet<MeetingState['phase']> = new Set([
  'left',
  'gone',
  'removed',
  'denied',
  'ended',
  'failed',
]);

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
    case 'waiting_known':
      return { ...state, waiting: action.waiting };
    case 'turned_away':
      return withTurnedAway(withoutWaiting(state, action.user.user_id), action.user);
    case 'let_back':
      return withoutTurnedAway(state, action.userId);
    case 'reaction_over':
      return { ...state, reactions: state.reactions.filter(({ id }) => id !== action.id) };
    case 'notice':
      return withNotice(state, action.text, action.tone);
    case 'notice_dismissed':
      return { ...state, notices: state.notices.filter(({ id }) => id !== action.id) };
    default:
      return reducePush(state, action);
  }
};
