import { beforeEach, describe, expect, it } from '@jest/globals';
import type { LocalState } from './local-media.js';
import { person } from './meeting-for-tests.js';
import { OwnScreen } from './own-screen.js';
import type { Ask } from './protocol.js';
import { Store } from './store.js';

const track = {} as MediaStreamTrack;
let state: Store<LocalState>;
let emitted: string[];
let ended: number;
let refusal: Error | undefined;
let failures: unknown[];
let screen: OwnScreen;

const share = (shared: MediaStreamTrack | undefined) => {
  state.update(before => ({ ...before, screen: shared }));
  screen.sync();
};

beforeEach(() => {
  const devices = { microphones: [], cameras: [], speakers: [] };
  state = new Store<LocalState>({
    microphoneOn: false,
    cameraOn: false,
    opening: false,
    problems: {},
    devices,
  });
  emitted = [];
  failures = [];
  ended = 0;
  refusal = undefined;
  const ask: Ask = async name => {
    emitted.push(name);
    if (refusal) throw refusal;
    return {};
  };
  screen = new OwnScreen(
    ask,
    { state, stopScreen: () => share(undefined) },
    () => (ended += 1),
    error => failures.push(error),
  );
});

describe('the own screen', () => {
  it('is told when sharing begins and ends, and again after an interruption', () => {
    share(track);
    share(track);
    screen.joined();
    share(undefined);
    expect(emitted).toEqual(['start_screen_share', 'start_screen_share', 'stop_screen_share']);
    expect(ended).toBe(0);
  });

  it('that the server refuses is shared no longer', async () => {
    refusal = new Error('no');
    share(track);
    await Promise.resolve();
    await Promise.resolve();
    expect(state.get().screen).toBeUndefined();
    expect(failures).toEqual([refusal]);
    expect(emitted).toEqual(['start_screen_share']);
  });

  it('ends where a host ends it, and nobody else’s change ends it', () => {
    share(track);
    screen.observed(person('me'), person('me', { is_hand_raised: true }));
    expect(state.get().screen).toBe(track);
    screen.observed(person('me', { is_screen_sharing: true }), person('me'));
    expect(state.get().screen).toBeUndefined();
    expect([emitted, ended]).toEqual([['start_screen_share'], 1]);
  });

  it('ends where sharing is forbidden; where nothing is shared nothing is said', () => {
    screen.stop();
    expect(ended).toBe(0);
    share(track);
    screen.stop();
    expect([state.get().screen, ended]).toEqual([undefined, 1]);
  });
});
