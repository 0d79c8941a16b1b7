import type { ApiClient } from './api-client.js';
import { currentToken, ensureToken, forgetToken } from './identity.js';
import type { LocalMedia } from './local-media.js';
import type { MeetingRef } from './meeting-ref.js';
import { MeetingApi } from './meeting-api.js';
import { MeetingSession } from './meeting-session.js';
import { hasCode } from './service-error.js';
import { SignallingClient } from './signalling-client.js';

export interface Entry {
  readonly api: ApiClient;
  readonly local: LocalMedia;
  readonly ref: MeetingRef;
  readonly displayName: string;
  readonly password?: string;
  readonly title?: string;
}

/** Gets a token where there is none, opens the room and the signalling connection side by side, and joins. */
export const enterMeeting = async (entry: Entry): Promise<MeetingSession> => {
  const joinedAt = performance.now();
  const brought = currentToken() !== undefined;
  try {
    return await enter(entry, joinedAt);
  } catch (error) {
    // A token from an earlier visit may be one that the server no longer knows: go on as a new guest, once.
    if (!brought || !hasCode(error, 'INVALID_TOKEN')) throw error;
    forgetToken();
    return enter(entry, joinedAt);
  }
};

const enter = async (entry: Entry, joinedAt: number): Promise<MeetingSession> => {
  const { api, local, ref, displayName, password, title } = entry;
  await ensureToken(api, displayName);
  const signalling = new SignallingClient({ address: '', token: () => currentToken() ?? '' });
  try {
    const [meetingId] = await Promise.all([
      ref.kind === 'meeting' ? ref.meetingId : api.openRoom(ref.name, title).then(room => room.meeting_id),
      signalling.connect(),
    ]);
    const session = new MeetingSession({
      signalling,
      local,
      api: new MeetingApi(api, meetingId),
      meetingId,
      displayName,
      password,
      joinedAt,
    });
    await session.join();
    return session;
  } catch (error) {
    signalling.close();
    throw error;
  }
};
