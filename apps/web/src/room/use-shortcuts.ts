import { useEffect } from 'react';
import type { MeetingSession } from '../session/meeting-session.js';

/** Ctrl+D or ⌘D for the microphone, Ctrl+E or ⌘E for the camera, as in other meeting programs. */
export const useShortcuts = (session: MeetingSession): void => {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.repeat) return;
      const { microphoneOn, cameraOn } = session.local.state.get();
      if (event.key === 'd') void session.local.setMicrophone(!microphoneOn);
      else if (event.key === 'e') void session.local.setCamera(!cameraOn);
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [session]);
};
