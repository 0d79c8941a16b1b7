import {
  ChatData,
  HandRaiseData,
  JoinData,
  ReactionData,
  UpdateData,
} from '../meetings/socket/message-data.js';
import type { JsonSchema } from '../../platform/json-schema.js';
import { objectWith } from '../../platform/json-schema.js';
import type { DocumentedMessage } from './message.js';
import { type SampledPush, sampledPushes } from './sampled-pushes.js';
import { schemaOfClass } from './schema-of-class.js';
import { schemaOfValues } from './schema-of-values.js';

const MEETING_ID = '01HXYZ123456789ABCDEFGHJKM';
const AT = '2024-01-15T10:30:00.000Z';
const text: JsonSchema = { type: 'string' };
const instant: JsonSchema = { type: 'string', format: 'date-time' };

/** What a client may send: what it does, the rules of its data, and data that fit them. */
const SENT: Readonly<
  Record<string, readonly [summary: string, data: (new () => object) | undefined, example: object]>
> = {
  join: [
    'Joins the meeting, or asks to be let in; acknowledged with the participant, or with waiting: true',
    JoinData,
    { device_info: { device_type: 'desktop', browser_info: 'Chrome/91.0' }, join_muted: true },
  ],
  leave: ['Leaves the meeting; the socket stays', undefined, {}],
  participant_update: [
    'Changes one’s own microphone, camera, screen or hand, or, as host or co-host, another’s',
    UpdateData,
    { is_muted: false, is_video_enabled: true, is_hand_raised: false },
  ],
  chat: [
    'Writes to all in the room, or to one',
    ChatData,
    { content: 'Hello everyone!', message_type: 'text', is_private: false },
  ],
  reaction: ['Shows a reaction for some seconds', ReactionData, { reaction_type: 'thumbs_up', duration: 3 }],
  hand_raise: ['Raises one’s hand, or lowers it', HandRaiseData, { is_hand_raised: true }],
  ping: ['Asks for a sign of life: pong', undefined, {}],
};

/** Fields that a chat message may have besides. */
const CHAT_EXTRAS = {
  recipient_id: 'grace',
  reply_to: MEETING_ID,
  file_url: 'https://files.example.org/notes.pdf',
  file_name: 'notes.pdf',
  file_type: 'application/pdf',
  file_size: 1024,
  breakout_room_id: MEETING_ID,
  is_broadcast: true,
};

/** What the server tells of what happens. */
const PUSHED: Readonly<Record<string, string>> = {
  join: 'Somebody came in',
  leave: 'Somebody is gone',
  participant_update: 'Somebody’s microphone, camera or screen changed: all as they are now',
  hand_raise: 'A hand was raised or lowered',
  chat: 'Somebody wrote; of private messages only the two are told, of others only those in the room',
  reaction: 'Somebody shows a reaction',
  role_change: 'Somebody has another role',
  host_change: 'The meeting has another host',
  meeting_started: 'The meeting has begun',
  meeting_ended: 'The meeting is over; the socket is closed after it',
  meeting_cancelled: 'The meeting will not be held; the socket is closed after it',
  participant_waiting: 'Somebody waits to be let in: to host, co-hosts and the one',
  participant_stopped_waiting: 'Somebody waits no more: to host and co-hosts',
  admitted: 'One is let in: to the one who waited',
  denied: 'One is not let in: to the one who waited',
  policy_update: 'What is allowed has changed; whom it keeps out is shown to host and co-hosts',
  recording_started: 'The meeting is recorded from now on',
  recording_stopped: 'The meeting is recorded no more',
  breakout_rooms_opened: 'There are breakout rooms',
  breakout_room_assigned: 'Somebody is in a breakout room from now on',
  breakout_room_left: 'Somebody is back in the main room',
  breakout_rooms_closing: 'The breakout rooms close at that time',
  breakout_rooms_closed: 'All are back in the main room',
  media_restarted: 'The media runs on another worker: negotiate again',
};

const id: JsonSchema = {
  type: 'string',
  minLength: 1,
  maxLength: 64,
  description: 'Comes back in the answer',
};

const sent = (): DocumentedMessage[] =>
  Object.entries(SENT).map(([name, [summary, of, example]]) => {
    const data = of ? schemaOfClass(of) : ({ type: 'object' } satisfies JsonSchema);
    const properties = {
      type: { const: name },
      id,
      meeting_id: { ...text, description: 'The meeting of the socket' },
      user_id: { ...text, description: 'The user of the token' },
      data,
      timestamp: { type: 'string', maxLength: 64 },
    };
    const isNeeded = 'required' in data;
    const optional = ['id', 'meeting_id', 'user_id', 'timestamp', ...(isNeeded ? [] : ['data'])];
    return {
      name,
      from: 'client',
      summary,
      payload: { ...objectWith(properties, optional), additionalProperties: false },
      example: { type: name, id: '1', data: example },
    };
  });

/** Forms that data have, but not in the sample log. */
const variantsOf = (name: string, data: SampledPush['data']): object[] =>
  name === 'chat'
    ? [
        { ...data, ...CHAT_EXTRAS },
        { ...data, file_type: null, file_size: null },
      ]
    : [];

const pushed = (): DocumentedMessage[] => {
  const samples = sampledPushes();
  const unknown = [...samples.keys()].filter(type => !Object.hasOwn(PUSHED, type));
  if (unknown.length > 0) throw new Error(`No sentence tells what these pushes are: ${unknown.join(', ')}`);
  return Object.entries(PUSHED).map(([name, summary]) => {
    const seen = samples.get(name);
    if (!seen?.[0]) throw new Error(`The sample log holds nothing of which ${name} would be told`);
    return {
      name,
      from: 'server',
      summary,
      payload: objectWith({
        type: { const: name },
        meeting_id: text,
        user_id: { ...text, description: 'Whom it is about, or who did it; system for what nobody did' },
        data: schemaOfValues([...seen.map(({ data }) => data), ...variantsOf(name, seen[0].data)]),
        timestamp: instant,
        position: { type: 'integer', description: 'In the log: give the last one as last_position' },
      }),
      example: seen[0],
    };
  });
};

/** An answer to the one socket alone, which tells of no event. */
const answer = (name: string, summary: string, data: JsonSchema, example: object): DocumentedMessage => ({
  name,
  from: 'server',
  summary,
  payload: objectWith(
    { type: { const: name }, id, meeting_id: text, user_id: text, data, timestamp: instant },
    ['id'],
  ),
  example: { type: name, id: '1', meeting_id: MEETING_ID, user_id: 'ada', data: example, timestamp: AT },
});

const withoutId = ({ example, ...message }: DocumentedMessage): DocumentedMessage => {
  const { id: _id, ...rest } = example as Record<string, unknown>;
  return { ...message, example: rest };
};

const ANSWERS: readonly DocumentedMessage[] = [
  withoutId(
    answer(
      'connected',
      'The first message',
      objectWith({ connection_id: text, position: { type: 'integer' }, is_in_meeting: { type: 'boolean' } }),
      { connection_id: 'conn_01HXYZ555555555ABCDEFGHJKM', position: 4711, is_in_meeting: true },
    ),
  ),
  answer(
    'ack',
    'What the message with this id asked for was done; data as REST answers',
    { type: 'object' },
    {},
  ),
  answer(
    'error',
    'What a message asked for was refused',
    objectWith({ code: text, message: text, details: { type: 'object' } }),
    {
      code: 'CHAT_DISABLED',
      message: 'Chat is disabled for this meeting',
      details: { request_id: 'req_01HXYZ999999999ABCDEFGHJKM' },
    },
  ),
  answer('pong', 'The answer to ping', { type: 'object' }, {}),
];

/** All messages of `/ws/meetings/{id}`. */
export const meetingSocketMessages = (): readonly DocumentedMessage[] => [...sent(), ...ANSWERS, ...pushed()];
