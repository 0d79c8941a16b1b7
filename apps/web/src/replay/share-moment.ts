import { replayPath } from '../app/route.js';

/** Puts the address of a moment into the clipboard. Answers what to tell the user. */
export const shareMoment = async (meetingId: string, position: number): Promise<string> => {
  const url = location.origin + replayPath(meetingId, position);
  try {
    await navigator.clipboard.writeText(url);
    return 'Link to this moment copied.';
  } catch (error) {
    // No clipboard without a secure connection, or without the user's leave.
    console.warn('The clipboard cannot be used', error);
    return `The link to this moment: ${url}`;
  }
};
