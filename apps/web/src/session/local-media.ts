import {
  captureBoth,
  captureCamera,
  captureMicrophone,
  captureScreen,
  listDevices,
  type CaptureChoice,
  type DeviceNames,
} from './capture.js';
import { deviceProblemOf, type DeviceProblem } from './device-problem.js';
import { Store } from './store.js';

export interface LocalState {
  readonly microphone?: MediaStreamTrack;
  readonly camera?: MediaStreamTrack;
  readonly screen?: MediaStreamTrack;
  readonly screenAudio?: MediaStreamTrack;
  /** Whether one is to be heard and seen; a track may stay open, disabled, behind a muted microphone. */
  readonly microphoneOn: boolean;
  readonly cameraOn: boolean;
  readonly opening: boolean;
  readonly problems: { readonly microphone?: DeviceProblem; readonly camera?: DeviceProblem };
  readonly devices: DeviceNames;
  readonly microphoneId?: string;
  readonly cameraId?: string;
  readonly speakerId?: string;
}

export interface LocalWishes {
  readonly microphoneOn: boolean;
  readonly cameraOn: boolean;
  readonly microphoneId?: string;
  readonly cameraId?: string;
  readonly speakerId?: string;
  readonly cameraHeight: number;
}

const NO_DEVICES: DeviceNames = { microphones: [], cameras: [], speakers: [] };
type Device = 'microphone' | 'camera';

/** The own microphone, camera and screen: opened, switched, turned on and off, before and during a meeting. */
export class LocalMedia {
  readonly state: Store<LocalState>;
  readonly #cameraHeight: number;
  /** The latest wish per device; what an older one brings is put away. */
  readonly #wish: Record<Device, number> = { microphone: 0, camera: 0 };
  #closed = false;

  constructor({ cameraHeight, ...wishes }: LocalWishes) {
    this.#cameraHeight = cameraHeight;
    this.state = new Store<LocalState>({ ...wishes, opening: false, problems: {}, devices: NO_DEVICES });
    navigator.mediaDevices?.addEventListener?.('devicechange', this.#devicesChanged);
  }

  /** Opens what is wished for. Never fails: what cannot be had is off, and `problems` says why. */
  async open(): Promise<void> {
    const { microphoneOn, cameraOn } = this.state.get();
    this.#patch({ opening: true });
    if (microphoneOn && cameraOn) {
      const wish = { microphone: ++this.#wish.microphone, camera: ++this.#wish.camera };
      const { microphone, camera } = await captureBoth(this.#choice());
      this.#take('microphone', wish.microphone, microphone);
      this.#take('camera', wish.camera, camera);
    } else if (microphoneOn) await this.#open('microphone');
    else if (cameraOn) await this.#open('camera');
    this.#patch({ opening: false });
    await this.#refreshDevices();
  }

  async setMicrophone(on: boolean): Promise<void> {
    this.#patch({ microphoneOn: on, problems: { ...this.state.get().problems, microphone: undefined } });
    const { microphone } = this.state.get();
    if (microphone) microphone.enabled = on;
    else if (on) await this.#open('microphone');
  }

  /** Off lets go of the camera, so that its light goes out. */
  async setCamera(on: boolean): Promise<void> {
    this.#patch({ cameraOn: on, problems: { ...this.state.get().problems, camera: undefined } });
    if (on) {
      if (!this.state.get().camera) await this.#open('camera');
      return;
    }
    this.#wish.camera += 1;
    this.state.get().camera?.stop();
    this.#patch({ camera: undefined });
  }

  async selectMicrophone(microphoneId: string): Promise<void> {
    this.#patch({ microphoneId });
    if (this.state.get().microphone) await this.#open('microphone');
  }

  async selectCamera(cameraId: string): Promise<void> {
    this.#patch({ cameraId });
    if (this.state.get().camera) await this.#open('camera');
  }

  selectSpeaker(speakerId: string): void {
    this.#patch({ speakerId });
  }

  /** Fails when the user closes the browser's dialog (`NotAllowedError`). */
  async startScreen(): Promise<void> {
    const { screen, audio } = await captureScreen();
    screen.addEventListener('ended', () => this.stopScreen());
    this.#patch({ screen, screenAudio: audio });
  }

  stopScreen(): void {
    const { screen, screenAudio } = this.state.get();
    screen?.stop();
    screenAudio?.stop();
    this.#patch({ screen: undefined, screenAudio: undefined });
  }

  close(): void {
    this.#closed = true;
    navigator.mediaDevices?.removeEventListener?.('devicechange', this.#devicesChanged);
    const { microphone, camera, screen, screenAudio } = this.state.get();
    for (const track of [microphone, camera, screen, screenAudio]) track?.stop();
    this.#patch({ microphone: undefined, camera: undefined, screen: undefined, screenAudio: undefined });
  }

  async #open(device: Device): Promise<void> {
    const wish = ++this.#wish[device];
    const capture = device === 'microphone' ? captureMicrophone : captureCamera;
    const [captured] = await Promise.allSettled([capture(this.#choice())]);
    this.#take(device, wish, captured);
    await this.#refreshDevices();
  }

  #take(device: Device, wish: number, captured: PromiseSettledResult<MediaStreamTrack>): void {
    const overtaken = this.#closed || wish !== this.#wish[device];
    if (captured.status === 'rejected') {
      if (overtaken) return;
      console.warn(`The ${device} could not be opened`, captured.reason);
      this.#lose(device, deviceProblemOf(captured.reason));
      return;
    }
    const track = captured.value;
    if (overtaken) {
      track.stop();
      return;
    }
    this.state.get()[device]?.stop();
    track.addEventListener('ended', () => {
      if (this.state.get()[device] === track) this.#lose(device, 'missing');
    });
    if (device === 'microphone') track.enabled = this.state.get().microphoneOn;
    const { deviceId } = track.getSettings();
    this.#patch({
      [device]: track,
      ...(deviceId && { [`${device}Id`]: deviceId }),
      problems: { ...this.state.get().problems, [device]: undefined },
    });
  }

  #lose(device: Device, problem: DeviceProblem): void {
    this.#patch({
      [device]: undefined,
      [`${device}On`]: false,
      problems: { ...this.state.get().problems, [device]: problem },
    });
  }

  readonly #devicesChanged = () => void this.#refreshDevices();

  async #refreshDevices(): Promise<void> {
    this.#patch({ devices: await listDevices() });
  }

  #choice(): CaptureChoice {
    const { microphoneId, cameraId } = this.state.get();
    return { microphoneId, cameraId, cameraHeight: this.#cameraHeight };
  }

  #patch(change: Partial<LocalState>): void {
    this.state.update(state => ({ ...state, ...change }));
  }
}
