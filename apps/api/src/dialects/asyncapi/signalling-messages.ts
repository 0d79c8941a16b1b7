import { MediaGateway } from '../platform/signalling/media-gateway.js';
import { SignallingGateway } from '../platform/signalling/signalling-gateway.js';
import type { DocumentedMessage } from './message.js';
import { schemaOfClass } from './schema-of-class.js';
import { schemaOfValues } from './schema-of-values.js';
import { SIGNALLING_PUSHES } from './signalling-pushes.js';

const meeting_id = '01HXYZ123456789ABCDEFGHJKM';
const id = '01HXYZ555555555ABCDEFGHJKM';
const user = { meeting_id, user_id: 'grace' };
const toTarget = { meeting_id, target_participant_id: id };
const onTransport = { meeting_id, transport_id: id };
const onConsumer = { meeting_id, consumer_id: id };

/** What each message does, and an example of it. */
const SENT: Readonly<Record<string, readonly [summary: string, example: object]>> = {
  join_meeting: [
    'Joins, or waits to be admitted; acknowledged as the push meeting_joined, or with waiting: true',
    { meeting_id, user_info: { display_name: 'Grace Hopper', device_type: 'desktop' }, is_muted: true },
  ],
  leave_meeting: ['Leaves the meeting', { meeting_id }],
  toggle_audio: [
    'Mutes or unmutes oneself, or, as host or co-host, mutes another',
    { meeting_id, is_muted: true },
  ],
  toggle_video: ['Turns one’s camera on or off', { meeting_id, is_video_on: false }],
  start_screen_share: [
    'Says that one shows a screen',
    { meeting_id, screen_info: { width: 1920, height: 1080 } },
  ],
  stop_screen_share: ['Says that one shows it no more', { meeting_id }],
  raise_hand: ['Raises one’s hand, or lowers it', { meeting_id, is_hand_raised: true }],
  send_reaction: [
    'Shows a reaction for some seconds',
    { meeting_id, reaction_type: 'thumbs_up', duration: 3 },
  ],
  send_chat_message: [
    'Writes to all in the room, or to one; acknowledged with message_id',
    { meeting_id, message: { type: 'text', content: 'Hello everyone!' } },
  ],
  start_recording: ['Records the meeting from now on; acknowledged with recording_id', { meeting_id }],
  stop_recording: ['Stops the recording; acknowledged with recording_id', { meeting_id }],
  admit_participant: ['Lets one in who waits (host and co-hosts)', user],
  deny_participant: ['Turns one away who waits (host and co-hosts)', user],
  webrtc_offer: ['Passed on to another participant', { ...toTarget, offer: { type: 'offer', sdp: 'v=0' } }],
  webrtc_answer: [
    'Passed on to another participant',
    { ...toTarget, answer: { type: 'answer', sdp: 'v=0' } },
  ],
  ice_candidate: ['Passed on to another participant', { ...toTarget, candidate: { candidate: '' } }],
  get_router_capabilities: ['Acknowledged with rtp_capabilities', { meeting_id }],
  create_transport: [
    'Acknowledged with transport_id, ice_parameters, ice_candidates, dtls_parameters',
    { meeting_id, direction: 'send' },
  ],
  connect_transport: ['Connects a transport', { ...onTransport, dtls_parameters: { fingerprints: [] } }],
  restart_ice: ['Acknowledged with ice_parameters', onTransport],
  produce: [
    'Sends a track; acknowledged with producer_id',
    { ...onTransport, kind: 'audio', source: 'microphone', rtp_parameters: { codecs: [], encodings: [] } },
  ],
  close_producer: ['Ends a track', { meeting_id, producer_id: id }],
  consume: [
    'Receives a track, paused at first; acknowledged with consumer_id, kind, rtp_parameters, producer_paused',
    { ...onTransport, producer_id: id, rtp_capabilities: { codecs: [] } },
  ],
  resume_consumer: ['Goes on with a track', onConsumer],
  pause_consumer: ['Pauses a track', onConsumer],
  close_consumer: ['Receives a track no more', onConsumer],
  set_preferred_layers: ['Says how good a picture is wanted', { ...onConsumer, spatial_layer: 1 }],
};

/** The messages that a gateway takes, with their classes, as its decorators say. */
const handled = (gateway: new (...parts: never[]) => object): [name: string, of: new () => object][] => {
  const prototype = gateway.prototype as Record<string, object>;
  return Object.getOwnPropertyNames(prototype).flatMap((method): [string, new () => object][] => {
    if (method === 'constructor') return [];
    const name = Reflect.getMetadata('message', prototype[method] as object) as string | undefined;
    const types = Reflect.getMetadata('design:paramtypes', prototype, method) as (new () => object)[];
    return name === undefined ? [] : [[name, types[1] as new () => object]];
  });
};

/** All messages of the Socket.IO namespace `/signaling`. */
export const signallingMessages = (): readonly DocumentedMessage[] => [
  ...[SignallingGateway, MediaGateway].flatMap(handled).map(([name, of]): DocumentedMessage => {
    const said = SENT[name];
    if (!said) throw new Error(`No sentence tells what the message ${name} does`);
    const [summary, example] = said;
    return { name, from: 'client', summary, payload: schemaOfClass(of), example };
  }),
  ...Object.entries(SIGNALLING_PUSHES).map(([name, [summary, ...values]]): DocumentedMessage => {
    const [example = {}] = values;
    return { name, from: 'server', summary, payload: schemaOfValues(values), example };
  }),
];
