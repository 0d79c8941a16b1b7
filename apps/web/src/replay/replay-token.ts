import { currentToken } from '../session/identity.js';

const KEY = 'parley.replay-token';

/**
 * The token to replay with: the one given on this page, else that of the tab. It is kept apart, so that whoever replays as
 * an analyst still joins meetings as who they were, and it is gone when the tab is closed.
 */
export const replayToken = (): string | undefined => sessionStorage.getItem(KEY) ?? currentToken();

export const keepReplayToken = (token: string): void => sessionStorage.setItem(KEY, token);

/** A token as it was pasted: with a `Bearer` or with line breaks, as terminals and mails give them. */
export const pastedToken = (text: string): string => text.replace(/^\s*bearer\s/iu, '').replace(/\s+/gu, '');
