const meeting_id = '01HXYZ123456789ABCDEFGHJKM';
const ADA = '01HXYZ444444444ABCDEFGHJKM';
const GRACE = '01HXYZ555555555ABCDEFGHJKM';
const ROOM = '01HXYZ888888888ABCDEFGHJKM';
const RECORDING = { recording_id: '01HXYZ987654321ABCDEFGHJKM' };
const AT = '2024-01-15T10:30:00.000Z';

const grace = {
  participant_id: GRACE,
  user_id: 'grace',
  display_name: 'Grace Hopper',
  role: 'participant',
  is_muted: true,
  is_video_on: true,
  is_screen_sharing: false,
  is_hand_raised: false,
  breakout_room_id: null,
};
const participants = [grace, { ...grace, breakout_room_id: ROOM }];
const producer = { producer_id: 'ab12', participant_id: GRACE, kind: 'video', source: 'camera' };
const message = {
  message_id: '01HXYZ777777777ABCDEFGHJKM',
  sender_id: 'grace',
  sender_name: 'Grace Hopper',
  content: 'Hello everyone!',
  timestamp: AT,
  type: 'text',
  is_private: false,
};
const more = {
  recipient_id: 'ada',
  breakout_room_id: ROOM,
  is_broadcast: true,
  reply_to: message.message_id,
  file: { url: 'https://files.example.org/notes.pdf', name: 'notes.pdf' },
};
const room = { room_id: ROOM, name: 'Breakout Room 1', description: null, capacity: null };
const breakout = {
  rooms: [room, { ...room, description: 'About the plan', capacity: 5 }],
  participants_may_choose: true,
  participants_may_return: true,
  closes_at: null,
};
const breakouts = [breakout, { ...breakout, closes_at: AT }];
const permissions = { microphone: true, camera: true, screen_share: true, chat: true, record: false };
const joined = {
  success: true,
  meeting_info: {
    meeting_id,
    title: 'Team Standup',
    host_id: 'ada',
    participants,
    settings: { recording_enabled: false, chat_enabled: true, screen_share_enabled: true },
    permissions,
    breakout: null,
    is_recording: false,
    is_locked: false,
    waiting: [{ user_id: 'linus', display_name: 'Linus' }],
  },
  your_participant_id: ADA,
  your_role: 'host',
  producers: [producer],
  messages: [message, { ...message, ...more }],
};

/** What the namespace `/signaling` pushes: a sentence, and values that show every form that its payload has. */
export const SIGNALLING_PUSHES: Readonly<Record<string, readonly [summary: string, ...values: object[]]>> = {
  meeting_joined: [
    'The meeting as it is for one who just joined it',
    joined,
    ...breakouts.map(open => ({ ...joined, meeting_info: { ...joined.meeting_info, breakout: open } })),
  ],
  participant_joined: ['Somebody came in', ...participants],
  participant_left: ['Somebody is gone', { participant_id: GRACE, user_id: 'grace', reason: 'left' }],
  participant_updated: ['Somebody changed: all as it is now', ...participants],
  participant_waiting: [
    'Somebody waits to be let in: to host and co-hosts',
    { user_id: 'linus', display_name: 'Linus' },
  ],
  participant_stopped_waiting: ['Somebody waits no more: to host and co-hosts', { user_id: 'linus' }],
  join_denied: ['One is not let in: to the one who waited', { meeting_id }],
  chat_message_received: [
    'Somebody wrote; of private messages only the two are told, of others only those in the room',
    message,
    { ...message, ...more },
    { ...message, file: { ...more.file, type: 'application/pdf', size: 1024 } },
  ],
  reaction: [
    'Somebody shows a reaction',
    { participant_id: GRACE, user_id: 'grace', reaction_type: 'thumbs_up', duration: 3 },
  ],
  recording_started: ['The meeting is recorded from now on', RECORDING],
  recording_stopped: ['The meeting is recorded no more', RECORDING],
  meeting_updated: ['The policy or the host changed', { is_locked: false, host_id: 'ada' }],
  permissions_updated: ['What one may do oneself has changed', { permissions }],
  breakout_rooms_opened: ['There are breakout rooms', ...breakouts],
  breakout_rooms_closing: ['The breakout rooms close at that time', { closes_at: AT }],
  breakout_rooms_closed: ['All are back in the main room', { reason: 'closed' }],
  breakout_room_changed: [
    'One is in another room oneself, whose tracks these are; null is the main room',
    { breakout_room_id: null, producers: [producer] },
    { breakout_room_id: ROOM, producers: [producer] },
  ],
  new_producer: ['Somebody sends a track', producer],
  producer_closed: ['A track has ended, or is out of reach', { producer_id: 'ab12', participant_id: GRACE }],
  media_restarted: ['The media runs on another worker: drop all of it and negotiate again', { meeting_id }],
  meeting_ended: ['The meeting is over', { meeting_id, ended_at: AT }],
  webrtc_offer: ['An offer of another’s', { meeting_id, from_participant_id: GRACE, offer: {} }],
  webrtc_answer: ['An answer of another’s', { meeting_id, from_participant_id: GRACE, answer: {} }],
  ice_candidate: ['A candidate of another’s', { meeting_id, from_participant_id: GRACE, candidate: {} }],
  error: [
    'What a message without an acknowledgement asked for was refused',
    { code: 'NOT_IN_MEETING', message: 'Join the meeting first', details: {}, request_id: 'req_01HXYZ' },
  ],
};
