export interface CaptureChoice {
  readonly microphoneId?: string;
  readonly cameraId?: string;
  /** Height of the camera's picture to ask for, in pixels. */
  readonly cameraHeight: number;
}

const microphoneConstraints = ({ microphoneId }: CaptureChoice): MediaTrackConstraints => ({
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
  ...(microphoneId && { deviceId: { ideal: microphoneId } }),
});

const cameraConstraints = ({ cameraId, cameraHeight }: CaptureChoice): MediaTrackConstraints => ({
  width: { ideal: Math.round((cameraHeight * 16) / 9) },
  height: { ideal: cameraHeight },
  frameRate: { ideal: 30, max: 30 },
  ...(cameraId ? { deviceId: { ideal: cameraId } } : { facingMode: 'user' }),
});

const devices = (): MediaDevices => {
  // Browsers hide the interface altogether on pages that did not come over a secure connection.
  if (!navigator.mediaDevices) {
    const error = new Error('Media devices need a secure connection');
    error.name = 'InsecureError';
    throw error;
  }
  return navigator.mediaDevices;
};

const onlyTrack = (tracks: readonly MediaStreamTrack[]): MediaStreamTrack => {
  const [track] = tracks;
  if (!track) throw new Error('The device gave no track');
  return track;
};

export const captureMicrophone = async (choice: CaptureChoice): Promise<MediaStreamTrack> =>
  onlyTrack((await devices().getUserMedia({ audio: microphoneConstraints(choice) })).getAudioTracks());

export const captureCamera = async (choice: CaptureChoice): Promise<MediaStreamTrack> => {
  const track = onlyTrack(
    (await devices().getUserMedia({ video: cameraConstraints(choice) })).getVideoTracks(),
  );
  track.contentHint = 'motion';
  return track;
};

type Captured = PromiseSettledResult<MediaStreamTrack>;
const settled = async (track: Promise<MediaStreamTrack>): Promise<Captured> =>
  (await Promise.allSettled([track]))[0];

/** Asks for both devices with one question to the user; where that fails, for each by itself, so that one may be missing. */
export const captureBoth = async (
  choice: CaptureChoice,
): Promise<{ microphone: Captured; camera: Captured }> => {
  try {
    const stream = await devices().getUserMedia({
      audio: microphoneConstraints(choice),
      video: cameraConstraints(choice),
    });
    return {
      microphone: await settled(Promise.resolve(onlyTrack(stream.getAudioTracks()))),
      camera: await settled(Promise.resolve(onlyTrack(stream.getVideoTracks()))),
    };
  } catch (error) {
    if (error instanceof Error && error.name === 'InsecureError') {
      const refused: Captured = { status: 'rejected', reason: error };
      return { microphone: refused, camera: refused };
    }
    // One after the other: Firefox shows one question at a time.
    const microphone = await settled(captureMicrophone(choice));
    return { microphone, camera: await settled(captureCamera(choice)) };
  }
};

export const canShareScreen = (): boolean =>
  typeof navigator !== 'undefined' && typeof navigator.mediaDevices?.getDisplayMedia === 'function';

/** Lets the user pick a screen, window or tab. */
export const captureScreen = async (): Promise<{ screen: MediaStreamTrack; audio?: MediaStreamTrack }> => {
  const stream = await devices().getDisplayMedia({
    video: { frameRate: { ideal: 15, max: 30 } },
    audio: true,
  });
  const screen = onlyTrack(stream.getVideoTracks());
  screen.contentHint = 'detail';
  return { screen, audio: stream.getAudioTracks()[0] };
};

export interface DeviceName {
  readonly id: string;
  readonly label: string;
}
export interface DeviceNames {
  readonly microphones: readonly DeviceName[];
  readonly cameras: readonly DeviceName[];
  readonly speakers: readonly DeviceName[];
}

/** The devices there are. Their labels are empty until the user has allowed one. */
export const listDevices = async (): Promise<DeviceNames> => {
  const all = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  const named = (kind: MediaDeviceKind, word: string): DeviceName[] =>
    all
      .filter(device => device.kind === kind && device.deviceId !== '')
      .map((device, index) => ({ id: device.deviceId, label: device.label || `${word} ${index + 1}` }));
  return {
    microphones: named('audioinput', 'Microphone'),
    cameras: named('videoinput', 'Camera'),
    speakers: named('audiooutput', 'Speaker'),
  };
};
