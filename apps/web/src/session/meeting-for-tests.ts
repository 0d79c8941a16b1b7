import { initialMeeting, type MeetingState } from './meeting-state.js';
import type { ChatMessage, Participant, RemoteProducer } from './protocol.js';
import { reduceMeeting, type MeetingAction } from './reduce-meeting.js';

export const person = (id: string, changes: Partial<Participant> = {}): Participant => ({
  participant_id: id,
  user_id: `user-${id}`,
  display_name: id,
  role: 'participant',
  is_muted: false,
  is_video_on: true,
  is_screen_sharing: false,
  is_hand_raised: false,
  breakout_room_id: null,
  ...changes,
});

export const producer = (id: string, of: string): RemoteProducer => ({
  producer_id: id,
  participant_id: of,
  kind: 'video',
  source: 'camera',
});

export const message = (id: string, changes: Partial<ChatMessage> = {}): ChatMessage => ({
  message_id: id,
  sender_id: 'user-bob',
  sender_name: 'bob',
  content: 'hello',
  timestamp: '2026-11-22T10:00:00Z',
  type: 'text',
  is_private: false,
  ...changes,
});

/** Ada, the host, comes into a meeting in which Bob is and Eve waits. */
export const joined: MeetingAction = {
  type: 'meeting_joined',
  payload: {
    meeting_info: {
      meeting_id: 'm1',
      title: 'Planning',
      host_id: 'user-ada',
      participants: [person('ada', { role: 'host' }), person('bob')],
      permissions: { microphone: true, camera: true, screen_share: true, chat: true, record: true },
      is_recording: false,
      is_locked: false,
      breakout: null,
      waiting: [{ user_id: 'user-eve', display_name: 'eve' }],
    },
    your_participant_id: 'ada',
    your_role: 'host',
    producers: [producer('p1', 'bob')],
    messages: [message('c1')],
  },
};

/** The meeting as Ada sees it after she joined, and then these. */
export const after = (...actions: readonly MeetingAction[]): MeetingState =>
  [joined, ...actions].reduce(reduceMeeting, initialMeeting('m1'));
