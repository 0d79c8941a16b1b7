import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { LocalState } from './local-media.js';
import { OwnFlags } from './own-flags.js';
import type { Ask, Participant } from './protocol.js';
import { ServiceError } from './service-error.js';
import { Store } from './store.js';

const seat = (is_muted: boolean, is_video_on: boolean): Participant => ({
  participant_id: 'me',
  user_id: 'user-me',
  display_name: 'Me',
  role: 'participant',
  is_screen_sharing: false,
  is_hand_raised: false,
  breakout_room_id: null,
  is_muted,
  is_video_on,
});

let state: Store<LocalState>;
let emitted: [string, object][];
let quietened: string[];
let failures: unknown[];
let refusal: Error | undefined;
let flags: OwnFlags;

const set = (change: Partial<LocalState>) => {
  state.update(before => ({ ...before, ...change }));
  flags.sync();
};

beforeEach(() => {
  jest.useFakeTimers();
  const devices = { microphones: [], cameras: [], speakers: [] };
  state = new Store<LocalState>({
    microphoneOn: true,
    cameraOn: true,
    opening: false,
    problems: {},
    devices,
  });
  emitted = [];
  quietened = [];
  failures = [];
  refusal = undefined;
  const ask: Ask = async (name, request) => {
    emitted.push([name, request]);
    if (refusal) throw refusal;
    return {};
  };
  const local = {
    state,
    setMicrophone: async (microphoneOn: boolean) => set({ microphoneOn }),
    setCamera: async (cameraOn: boolean) => set({ cameraOn }),
  };
  flags = new OwnFlags(
    ask,
    local,
    (device, when) => quietened.push(`${device} ${when}`),
    error => failures.push(error),
  );
});
afterEach(() => {
  flags.close();
  jest.useRealTimers();
});

describe('own microphone and camera', () => {
  it('are told to the server when they change, and only then', () => {
    flags.joined(seat(false, true), true);
    expect(emitted).toEqual([]);
    set({ microphoneOn: false });
    set({ cameraOn: false });
    set({ opening: true });
    expect(emitted).toEqual([
      ['toggle_audio', { is_muted: true }],
      ['toggle_video', { is_video_on: false }],
    ]);
  });

  it('are told where the server remembers them otherwise from before an interruption', () => {
    flags.joined(seat(true, true), false);
    expect(emitted).toEqual([['toggle_audio', { is_muted: false }]]);
  });

  it('are off where the meeting lets nobody in with them on', () => {
    flags.joined(seat(true, false), true);
    expect(state.get()).toMatchObject({ microphoneOn: false, cameraOn: false });
    expect(quietened).toEqual(['microphone on entry', 'camera on entry']);
    expect(emitted).toEqual([]);
  });

  it('are not told before the seat is taken', () => {
    set({ microphoneOn: false });
    expect(emitted).toEqual([]);
  });
});

describe('what a host does to them', () => {
  it('is followed, and said', async () => {
    flags.joined(seat(false, true), true);
    flags.observed(seat(true, false));
    await jest.advanceTimersByTimeAsync(1_000);
    expect(state.get()).toMatchObject({ microphoneOn: false, cameraOn: false });
    expect(quietened).toEqual(['microphone in the meeting', 'camera in the meeting']);
    expect(emitted).toEqual([]);
  });

  it('is not confused with late echoes of one’s own quick changes', async () => {
    flags.joined(seat(false, true), true);
    set({ microphoneOn: false });
    set({ microphoneOn: true });
    await jest.advanceTimersByTimeAsync(10);
    flags.observed(seat(true, true));
    await jest.advanceTimersByTimeAsync(100);
    flags.observed(seat(false, true));
    await jest.advanceTimersByTimeAsync(1_000);
    expect(state.get().microphoneOn).toBe(true);
    expect(quietened).toEqual([]);
  });

  it('can be undone by oneself', async () => {
    flags.joined(seat(false, true), true);
    flags.observed(seat(true, true));
    await jest.advanceTimersByTimeAsync(1_000);
    set({ microphoneOn: true });
    expect(emitted).toEqual([['toggle_audio', { is_muted: false }]]);
  });
});

describe('a change', () => {
  it('that the server accepted stands, however late its echo', async () => {
    flags.joined(seat(true, true), false);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(state.get().microphoneOn).toBe(true);
    expect(quietened).toEqual([]);
  });

  it('that is refused is reported and taken back, and no host is blamed', async () => {
    refusal = new ServiceError('UNAVAILABLE', 'no');
    flags.joined(seat(true, true), false);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(failures).toEqual([refusal]);
    expect(state.get().microphoneOn).toBe(false);
    expect(quietened).toEqual([]);
  });
});
