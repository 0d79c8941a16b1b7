/** Client of Parley's meeting API. */
export { MeetingClient, type MeetingClientOptions } from './meeting-client.js';
export { MeetingError } from './meeting-error.js';
export type { RequestOptions, Token } from './http-transport.js';
export type { MeetingEvents, MeetingMessage, ParticipantUpdate, PushedData } from './meeting-events.js';
export type { WebSocketLike } from './meeting-socket.js';
export type * from './meeting-types.js';
