import { explainDeviceProblem } from './device-problem.js';
import type { LocalMedia, LocalState } from './local-media.js';
import { OwnFlags } from './own-flags.js';
import { OwnScreen } from './own-screen.js';
import type { Ask, Participant } from './protocol.js';

export interface OwnDevicesOptions {
  readonly ask: Ask;
  readonly local: LocalMedia;
  /** Says something to the user. */
  readonly tell: (text: string, tone: 'info' | 'problem') => void;
  readonly failed: (error: unknown) => void;
}

const QUIETENED = {
  'in the meeting': { microphone: 'The host muted you', camera: 'The host turned your camera off' },
  'on entry': {
    microphone: 'You are muted, as everybody who comes in',
    camera: 'Your camera is off: the host has switched cameras off',
  },
} as const;

/** The own microphone, camera and screen as the meeting knows them; what fails or is switched off is said. */
export class OwnDevices {
  readonly #options: OwnDevicesOptions;
  readonly #flags: OwnFlags;
  readonly #screen: OwnScreen;
  #problems: LocalState['problems'];

  constructor(options: OwnDevicesOptions) {
    const { ask, local, tell, failed } = options;
    this.#options = options;
    this.#problems = local.state.get().problems;
    this.#flags = new OwnFlags(ask, local, (device, when) => tell(QUIETENED[when][device], 'info'), failed);
    this.#screen = new OwnScreen(
      ask,
      local,
      () => tell('The host ended the sharing of your screen', 'info'),
      failed,
    );
  }

  /** What to join with. */
  wanted(): { readonly is_muted: boolean; readonly is_video_on: boolean } {
    return this.#flags.wanted();
  }

  /** The seat was taken; `onEntry` for the first time. */
  joined(self: Participant | undefined, onEntry: boolean): void {
    this.#flags.joined(self, onEntry);
    this.#screen.joined();
  }

  /** Something changed on this page. */
  sync(): void {
    this.#tellProblems();
    this.#flags.sync();
    this.#screen.sync();
  }

  /** The server's picture of us changed. */
  observed(before: Participant | undefined, now: Participant): void {
    this.#flags.observed(now);
    this.#screen.observed(before, now);
  }

  /** Sharing the screen is not allowed any more. */
  stopScreen(): void {
    this.#screen.stop();
  }

  close(): void {
    this.#flags.close();
  }

  /** Says so when a device fails during the meeting. */
  #tellProblems(): void {
    const { local, tell } = this.#options;
    const { problems } = local.state.get();
    for (const device of ['microphone', 'camera'] as const) {
      const problem = problems[device];
      if (problem && problem !== this.#problems[device])
        tell(explainDeviceProblem(device, problem), 'problem');
    }
    this.#problems = problems;
  }
}
