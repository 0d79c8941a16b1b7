import type { LocalMedia } from '../session/local-media.js';
import { useStore } from '../ui/use-store.js';
import { DeviceSelect } from './device-select.js';

/** Firefox before 116 and Safari play through the system's speaker only. */
const canChooseSpeaker = 'setSinkId' in HTMLMediaElement.prototype;

/** Which microphone, camera and speaker to use. */
export const DeviceSettings = ({ local }: { readonly local: LocalMedia }) => {
  const { devices, microphoneId, cameraId, speakerId } = useStore(local.state);
  return (
    <div className="device-settings">
      <DeviceSelect
        label="Microphone"
        devices={devices.microphones}
        selected={microphoneId}
        onSelect={id => void local.selectMicrophone(id)}
        none="None available"
      />
      <DeviceSelect
        label="Camera"
        devices={devices.cameras}
        selected={cameraId}
        onSelect={id => void local.selectCamera(id)}
        none="None available"
      />
      {canChooseSpeaker && devices.speakers.length > 0 ? (
        <DeviceSelect
          label="Speaker"
          devices={devices.speakers}
          selected={speakerId}
          onSelect={id => local.selectSpeaker(id)}
          none="The system's own"
        />
      ) : null}
    </div>
  );
};
