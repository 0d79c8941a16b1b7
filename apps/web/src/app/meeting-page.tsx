import { useEffect, useRef, useState } from 'react';
import { FarewellView } from '../farewell/farewell-view.js';
import { LobbyView } from '../lobby/lobby-view.js';
import { WaitingView } from '../lobby/waiting-view.js';
import { Room } from '../room/room.js';
import { ApiClient } from '../session/api-client.js';
import { rememberedWishes, rememberWishes } from '../session/device-wishes.js';
import { enterMeeting } from '../session/enter-meeting.js';
import { explainError } from '../session/explain-error.js';
import { currentToken, rememberedName, rememberName } from '../session/identity.js';
import { LocalMedia } from '../session/local-media.js';
import { meetingRef } from '../session/meeting-ref.js';
import type { MeetingSession } from '../session/meeting-session.js';
import { hasCode } from '../session/service-error.js';
import { urlOptions } from '../url-options.js';
import { useStore } from '../ui/use-store.js';
import { visitState } from './navigation.js';

interface VisitProps {
  readonly linkRef: string;
  readonly autojoin: boolean;
  readonly again: () => void;
}

const api = new ApiClient(currentToken);

const openLocal = (): LocalMedia => {
  const wishes = rememberedWishes();
  const { microphone, camera, cameraHeight } = urlOptions(location.search);
  return new LocalMedia({
    ...wishes,
    microphoneOn: microphone ?? wishes.microphoneOn,
    cameraOn: camera ?? wishes.cameraOn,
    cameraHeight,
  });
};

/** From the lobby into the meeting and out of it again. */
const Visit = ({ linkRef, autojoin, again }: VisitProps) => {
  const [local] = useState(openLocal);
  const [session, setSession] = useState<MeetingSession>();
  const [busy, setBusy] = useState(autojoin);
  const [problem, setProblem] = useState<unknown>();
  const current = useRef<MeetingSession>(undefined);

  const join = async (displayName: string, password?: string) => {
    setBusy(true);
    setProblem(undefined);
    rememberName(displayName);
    try {
      const ref = meetingRef(linkRef);
      const { title } = visitState();
      const entered = await enterMeeting({ api, local, ref, displayName, password, title });
      rememberWishes(local.state.get());
      current.current = entered;
      window.parley = { session: entered };
      setSession(entered);
    } catch (error) {
      console.warn('Joining failed', error);
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };

  useEffect(() => {
    void local.open();
    if (autojoin) void join(urlOptions(location.search).name ?? (rememberedName() || 'Guest'));
    // A tab that is closed leaves at once, not when the server notices. One kept for "back" stays.
    const hidden = (event: PageTransitionEvent) => {
      const leaving = current.current;
      if (event.persisted || !leaving || !isIn(leaving)) return;
      api.leaveMeeting(leaving.meeting.get().meetingId);
      void leaving.leave();
    };
    addEventListener('pagehide', hidden);
    return () => {
      removeEventListener('pagehide', hidden);
      if (isIn(current.current)) void current.current?.leave();
      local.close();
    };
    // Once for each visit: the key of this component changes with the address.
  }, []);

  if (session) return <InMeeting session={session} linkRef={linkRef} again={again} />;
  return (
    <LobbyView
      local={local}
      title={visitState().title ?? linkRef}
      linkRef={linkRef}
      busy={busy}
      problem={problem === undefined ? undefined : explainError(problem)}
      askPassword={hasCode(problem, 'INVALID_PASSWORD')}
      initialName={urlOptions(location.search).name ?? rememberedName()}
      onJoin={(name, password) => void join(name, password)}
    />
  );
};

const isIn = (session: MeetingSession | undefined): boolean => {
  const phase = session?.meeting.get().phase;
  return phase === 'joined' || phase === 'waiting';
};

const InMeeting = ({
  session,
  linkRef,
  again,
}: {
  session: MeetingSession;
  linkRef: string;
  again: () => void;
}) => {
  const meeting = useStore(session.meeting);
  switch (meeting.phase) {
    case 'waiting':
      return <WaitingView session={session} title={meeting.title || linkRef} />;
    case 'joining':
    case 'joined':
      return <Room session={session} api={api} linkRef={linkRef} />;
    default:
      return <FarewellView meeting={meeting} api={api} again={again} />;
  }
};

const MeetingPage = ({ meetingRef: linkRef }: { readonly meetingRef: string }) => {
  const [round, setRound] = useState(0);
  const autojoin = round === 0 && urlOptions(location.search).autojoin;
  return <Visit key={round} linkRef={linkRef} autojoin={autojoin} again={() => setRound(round + 1)} />;
};

export default MeetingPage;
