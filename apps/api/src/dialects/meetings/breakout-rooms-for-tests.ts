import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals';
import { RunningApi } from '../../testing/running-api.js';
import { CREATE_BREAKOUT_ROOMS } from './conformance/documented-examples.js';

/** The document's own request. */
export const REQUEST = CREATE_BREAKOUT_ROOMS.body ?? {};

export interface Room {
  readonly room_id: string;
  readonly name: string;
  readonly current_participants: number;
  readonly participants?: { readonly user_id: string }[];
}

/** An api, and for each test a meeting of Ada's in which five people are. To be called in a `describe`. */
export const breakoutRoomsBed = () => {
  let api: RunningApi;
  let id: string;
  beforeAll(async () => {
    api = await RunningApi.start();
  }, 30_000);
  afterAll(async () => {
    await api.stop();
    expect(api.log.errors).toEqual([]);
  });
  beforeEach(async () => {
    id = await api.meeting('ada');
    for (const userId of ['ada', 'grace', 'edsger', 'alan', 'barbara']) {
      await api.as(userId, { name: userId.toUpperCase() }).post(`/api/v1/meetings/${id}/join`, {});
    }
  });

  const path = (rest = ''): string => `/api/v1/meetings/${id}/breakout-rooms${rest}`;
  const post = (userId: string, rest: string, body: unknown = {}, headers = {}) =>
    api.as(userId).post<{ data: never; code?: string; details?: object }>(path(rest), body, headers);
  const rooms = async (userId = 'ada'): Promise<Room[]> =>
    (await api.as(userId).get<{ data: Room[] }>(path())).body.data;
  return {
    get api(): RunningApi {
      return api;
    },
    /** Of the meeting. */
    get id(): string {
      return id;
    },
    set id(other: string) {
      id = other;
    },
    path,
    post,
    rooms,
    open: async (body: object = REQUEST): Promise<Room[]> =>
      (await api.as('ada').post<{ data: Room[] }>(path(), body)).body.data,
    /** User ids by room. */
    people: async (): Promise<string[][]> =>
      (await rooms()).map(room => (room.participants ?? []).map(one => one.user_id).sort()),
    assign: (by: string, userId: string, room: Room | undefined) =>
      post(by, '/assign', { participant_user_id: userId, breakout_room_id: room?.room_id }),
  };
};
