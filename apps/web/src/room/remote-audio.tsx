import { useEffect, useRef } from 'react';
import type { MeetingSession } from '../session/meeting-session.js';
import type { RemoteTrack } from '../session/remote-track.js';
import { useStore } from '../ui/use-store.js';

/** Plays one received voice. */
const RemoteAudio = ({
  session,
  remote,
}: {
  readonly session: MeetingSession;
  readonly remote: RemoteTrack;
}) => {
  const element = useRef<HTMLAudioElement>(null);
  const { speakerId } = useStore(session.local.state);
  const blocked = useStore(session.soundBlocked);

  useEffect(() => {
    const audio = element.current;
    if (!audio) return;
    audio.srcObject = new MediaStream([remote.track]);
    void session.resume(remote.consumerId);
    return () => {
      audio.srcObject = null;
    };
  }, [session, remote]);

  useEffect(() => {
    if (blocked) return;
    element.current?.play().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'NotAllowedError') session.soundBlocked.set(true);
      else if (!(error instanceof DOMException && error.name === 'AbortError'))
        console.warn('A voice cannot be played', error);
    });
  }, [session, remote, blocked]);

  useEffect(() => {
    if (!speakerId || !element.current || !('setSinkId' in element.current)) return;
    element.current
      .setSinkId(speakerId)
      .catch((error: unknown) => console.warn('The speaker cannot be used', error));
  }, [speakerId, remote]);

  return <audio ref={element} />;
};

/** Plays everything that is to be heard in the meeting. */
export const RemoteSound = ({ session }: { readonly session: MeetingSession }) => {
  const remote = useStore(session.remote);
  return (
    <div hidden>
      {remote
        .filter(({ kind }) => kind === 'audio')
        .map(track => (
          <RemoteAudio key={track.consumerId} session={session} remote={track} />
        ))}
    </div>
  );
};
