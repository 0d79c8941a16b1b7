import type { ApiClient } from './api-client.js';
import type { BreakoutRoom, WaitingUser } from './protocol.js';
import type { PolicyChanges, SecurityPolicy } from './security-policy.js';

/** Breakout rooms to open. */
export interface BreakoutPlan {
  readonly room_count: number;
  readonly rooms: readonly { readonly name: string; readonly capacity?: number }[];
  readonly auto_assign: boolean;
  readonly allow_participants_to_choose: boolean;
  readonly allow_participants_to_return: boolean;
  readonly time_limit_minutes?: number;
}

/** What a moderator may do to another's devices: quieten, never open. */
export type Quietening =
  | { readonly is_muted: true }
  | { readonly is_video_enabled: false }
  | { readonly is_screen_sharing: false }
  | { readonly is_hand_raised: false };

/** The role of a participant in the words of the meetings dialect. */
export type MeetingsRole = 'host' | 'co-host' | 'attendee' | 'viewer';

/** The commands of one meeting that go over REST (the meetings dialect). Every refusal is a `ServiceError`. */
export class MeetingApi {
  readonly #client: ApiClient;
  readonly #path: string;

  constructor(client: ApiClient, meetingId: string) {
    this.#client = client;
    this.#path = `/api/v1/meetings/${encodeURIComponent(meetingId)}`;
  }

  end = () => this.#do('POST', '/end', {});

  quieten = (userId: string, change: Quietening) => this.#do('PUT', `${participant(userId)}/status`, change);
  changeRole = (userId: string, role: MeetingsRole) =>
    this.#do('PUT', `${participant(userId)}/role`, { role });
  remove = (userId: string) => this.#do('DELETE', participant(userId));

  async waiting(): Promise<readonly WaitingUser[]> {
    const found = await this.#do<{ user_id: string; user_name: string }[]>('GET', '/waiting-room');
    return found.map(({ user_id, user_name }) => ({ user_id, display_name: user_name }));
  }
  admit = (userId: string) => this.#do('POST', `/waiting-room/${encodeURIComponent(userId)}/admit`, {});
  admitAll = () => this.#do('POST', '/waiting-room/admit', {});

  openBreakoutRooms = (plan: BreakoutPlan) => this.#do<BreakoutRoom[]>('POST', '/breakout-rooms', plan);
  closeBreakoutRooms = () => this.#do('DELETE', '/breakout-rooms');
  /** Spreads those in the main room evenly over the rooms. */
  spread = () => this.#do('POST', '/breakout-rooms/auto-assign', {});
  assign = (userId: string, roomId: string) =>
    this.#do('POST', '/breakout-rooms/assign', { participant_user_id: userId, breakout_room_id: roomId });
  /** Goes into a breakout room oneself. */
  enterRoom = (roomId: string) => this.#do('POST', `/breakout-rooms/${encodeURIComponent(roomId)}/join`, {});
  /** Brings oneself, or another, back into the main room. */
  returnToMain = (userId?: string) =>
    this.#do('POST', '/breakout-rooms/return', userId === undefined ? {} : { participant_user_id: userId });
  broadcast = (content: string) => this.#do('POST', '/breakout-rooms/broadcast', { content });

  policy = () => this.#do<SecurityPolicy>('GET', '/security/policy');
  applyPolicy = (changes: PolicyChanges) => this.#do('POST', '/security/policy', changes);

  #do<Data = unknown>(method: string, path: string, body?: object): Promise<Data> {
    return this.#client.data<Data>(method, this.#path + path, body);
  }
}

const participant = (userId: string): string => `/participants/${encodeURIComponent(userId)}`;
