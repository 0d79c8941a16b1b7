import { ServiceError } from './service-error.js';

/** What people are told, by error code; a code without an entry shows the server's own sentence. */
const SENTENCES: Readonly<Record<string, string>> = {
  DISCONNECTED: 'The connection is interrupted. Please try again in a moment.',
  TIMEOUT: 'The server did not answer in time. Please try again.',
  UNREACHABLE: 'The server cannot be reached. Check your connection and try again.',
  INVALID_TOKEN: 'Your access has expired or is not valid. Reload the page, or ask for a new link.',
  MEETING_NOT_FOUND: 'There is no meeting at this link. Check it, or start a new meeting.',
  MEETING_NOT_ACTIVE: 'The host has not started this meeting yet. Please try again in a little while.',
  MEETING_ENDED: 'This meeting has ended.',
  MEETING_FULL: 'The meeting is full.',
  INVALID_PASSWORD: 'This meeting needs a password.',
  JOIN_DENIED: 'You were not let in. The host can still open the door; then try again.',
  MEETING_CANCELLED: 'This meeting was cancelled.',
  MEETING_LOCKED: 'The meeting is locked: nobody else may join now.',
  MAX_PARTICIPANTS_REACHED: 'The meeting is full.',
  INSUFFICIENT_PERMISSIONS: 'You may not do this in this meeting.',
  CHAT_DISABLED: 'Chat is switched off in this meeting.',
  SCREEN_SHARE_DISABLED: 'Sharing the screen is switched off in this meeting.',
  BREAKOUT_ROOM_FULL: 'This room is full. Choose another one.',
  BREAKOUT_ROOM_NOT_FOUND: 'This room is closed.',
  BREAKOUT_ROOMS_NOT_OPEN: 'The breakout rooms are closed.',
  BREAKOUT_ROOMS_ALREADY_OPEN: 'Breakout rooms are open already.',
  PARTICIPANT_NOT_FOUND: 'They are not in the meeting any more.',
  RECORDING_DISABLED: 'Recording is switched off in this meeting.',
  RECORDING_ALREADY_ACTIVE: 'The meeting is already being recorded.',
  RATE_LIMIT_EXCEEDED: 'That was a bit fast. Please wait a moment and try again.',
  OVERLOADED: 'The server is very busy. Please try again in a moment.',
  UNAVAILABLE: 'A part of the server is not available. Please try again in a moment.',
  SIGNALING_FAILED: 'Audio and video are not available right now. Trying again…',
};

/** What of the security policy keeps somebody out who has no name for it, by the field that the refusal names. */
const UNWELCOME: Readonly<Record<string, string>> = {
  allow_anonymous_join: 'Guests may not join this meeting: it is for people with an account.',
  allowed_domains: 'Only people with an e-mail address of certain domains may join this meeting.',
};

/** A sentence for people about an error of any kind. */
export const explainError = (error: unknown): string => {
  if (error instanceof ServiceError) {
    const unwelcome = Object.keys(error.details).find(field => Object.hasOwn(UNWELCOME, field));
    if (unwelcome && error.code.startsWith('INSUFFICIENT_PERMISSION')) return UNWELCOME[unwelcome] as string;
    const sentence = SENTENCES[error.code];
    if (sentence) return sentence;
    const fields = Object.entries(error.details).filter(([, value]) => typeof value === 'string');
    if (error.code === 'VALIDATION_FAILED' && fields.length > 0) {
      return fields.map(([field, problem]) => `${field.replaceAll('_', ' ')}: ${String(problem)}`).join('; ');
    }
    return error.message;
  }
  if (error instanceof Error && error.name === 'UnsupportedError') {
    return 'This browser cannot hold video calls. A current Firefox, Chrome, Edge or Safari can.';
  }
  return error instanceof Error ? error.message : String(error);
};
