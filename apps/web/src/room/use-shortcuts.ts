import { useEffect } from 'react';
import { blockedReason } from './blocked-reason.js';
import type { MeetingSession } from '../session/meeting-session.js';

/** Ctrl+D or ⌘D for the microphone, Ctrl+E or ⌘E for the camera, as in other meeting programs. */
export const useShortcuts = (session: MeetingSession): void => {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.repeat) return;
      const { microphoneOn, cameraOn } = session.local.state.get();
      if (event.key !== 'd' && event.key !== 'e') return;
      event.preventDefault();
      const [on, what] =
        event.key === 'd' ? ([microphoneOn, 'microphone'] as const) : ([cameraOn, 'camera'] as const);
      const blocked = on ? undefined : blockedReason(session.meeting.get(), what);
      if (blocked !== undefined) session.notify(blocked);
      else if (what === 'microphone') void session.local.setMicrophone(!on);
      else void session.local.setCamera(!on);
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [session]);
};
