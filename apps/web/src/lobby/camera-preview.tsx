import type { LocalMedia } from '../session/local-media.js';
import { Avatar } from '../ui/avatar.js';
import { IconButton } from '../ui/icon-button.js';
import { Spinner } from '../ui/spinner.js';
import { useStore } from '../ui/use-store.js';
import { VideoView } from '../ui/video-view.js';
import { LevelBar } from './level-bar.js';

/** How one will look and sound, with the switches for both. */
export const CameraPreview = ({ local, name }: { readonly local: LocalMedia; readonly name: string }) => {
  const { camera, cameraOn, microphone, microphoneOn, opening } = useStore(local.state);
  return (
    <div className="preview">
      {camera ? <VideoView track={camera} mirrored /> : null}
      {!camera ? (
        <div className="preview-empty">
          {opening ? <Spinner /> : <Avatar name={name || '?'} seed="preview" />}
          <p>{opening ? 'Asking for your camera and microphone…' : 'Your camera is off'}</p>
        </div>
      ) : null}
      <div className="preview-controls">
        <IconButton
          icon={microphoneOn ? 'microphone' : 'microphone-off'}
          label="Microphone"
          hint={microphoneOn ? 'Turn the microphone off' : 'Turn the microphone on'}
          tone={microphoneOn ? 'plain' : 'off'}
          aria-pressed={microphoneOn}
          data-testid="mic-button"
          onClick={() => void local.setMicrophone(!microphoneOn)}
        />
        <IconButton
          icon={cameraOn ? 'camera' : 'camera-off'}
          label="Camera"
          hint={cameraOn ? 'Turn the camera off' : 'Turn the camera on'}
          tone={cameraOn ? 'plain' : 'off'}
          aria-pressed={cameraOn}
          data-testid="camera-button"
          onClick={() => void local.setCamera(!cameraOn)}
        />
      </div>
      {microphone && microphoneOn ? <LevelBar track={microphone} /> : null}
    </div>
  );
};
