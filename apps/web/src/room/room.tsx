import { useEffect, useState } from 'react';
import type { ApiClient } from '../session/api-client.js';
import type { MeetingSession } from '../session/meeting-session.js';
import { mayModerate } from '../session/meeting-state.js';
import { useStore } from '../ui/use-store.js';
import { AloneCard } from './alone-card.js';
import { Banners } from './banners.js';
import { BreakoutBar } from './breakout-bar.js';
import { BreakoutPanel } from './breakout-panel.js';
import { ChatPanel } from './chat-panel.js';
import { ConfirmDialog } from './confirm-dialog.js';
import { ControlBar } from './control-bar.js';
import { shareInvite } from './invite.js';
import { Notices } from './notices.js';
import { PANEL_TITLES, type PanelName } from './panel-name.js';
import { PeoplePanel } from './people-panel.js';
import { RecordingsPanel } from './recordings-panel.js';
import { RemoteSound } from './remote-audio.js';
import { RoomHeader } from './room-header.js';
import { SecurityDialog } from './security-dialog.js';
import { SettingsDialog } from './settings-dialog.js';
import { SidePanel } from './side-panel.js';
import { Stage } from './stage.js';
import { useShortcuts } from './use-shortcuts.js';
import { useUnread } from './use-unread.js';
import { useWakeLock } from './use-wake-lock.js';

interface Props {
  readonly session: MeetingSession;
  readonly api: ApiClient;
  readonly linkRef: string;
}

/** The meeting itself. */
export const Room = ({ session, api, linkRef }: Props) => {
  const meeting = useStore(session.meeting);
  const [panel, setPanel] = useState<PanelName>();
  const [dialog, setDialog] = useState<'settings' | 'security' | 'end'>();
  const unread = useUnread(meeting, panel === 'chat');
  useShortcuts(session);
  useWakeLock();

  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${meeting.title} · Parley`;
  }, [meeting.title, unread]);

  useEffect(() => {
    const { microphone, camera } = session.local.state.get().problems;
    if (microphone && camera)
      session.notify('You joined without microphone and camera: you can watch, listen and chat.');
  }, [session]);

  const moderates = mayModerate(meeting);
  useEffect(() => {
    // Nor does it come back by itself to whoever moderates again later.
    if (!moderates) setDialog(open => (open === 'security' ? undefined : open));
  }, [moderates]);

  const invite = async () => {
    const told = await shareInvite(linkRef, meeting.title);
    if (told) session.notify(told);
  };
  const close = () => {
    const opener =
      panel === 'chat' ? 'chat-button' : panel === 'people' ? 'participants-button' : 'more-button';
    setPanel(undefined);
    document.querySelector<HTMLElement>(`[data-testid="${opener}"]`)?.focus();
  };

  return (
    <div className="room" data-panel={panel !== undefined}>
      <div className="room-top">
        <RoomHeader meeting={meeting} onInvite={() => void invite()} />
        <BreakoutBar session={session} meeting={meeting} onRooms={() => setPanel('breakout')} />
      </div>
      <main className="room-main">
        <Stage session={session} alone={<AloneCard linkRef={linkRef} onInvite={() => void invite()} />} />
        <div className="messages">
          <Banners session={session} meeting={meeting} peopleOpen={panel === 'people'} />
          <Notices session={session} notices={meeting.notices} />
        </div>
      </main>
      {panel ? (
        <SidePanel title={PANEL_TITLES[panel]} onClose={close}>
          {panel === 'chat' ? <ChatPanel session={session} /> : null}
          {panel === 'people' ? <PeoplePanel session={session} /> : null}
          {panel === 'breakout' ? <BreakoutPanel session={session} /> : null}
          {panel === 'recordings' ? <RecordingsPanel meeting={meeting} api={api} /> : null}
        </SidePanel>
      ) : null}
      <ControlBar
        session={session}
        meeting={meeting}
        panel={panel}
        unread={unread}
        onPanel={next => setPanel(next === panel ? undefined : next)}
        onSettings={() => setDialog('settings')}
        onSecurity={() => setDialog('security')}
        onEndForAll={() => setDialog('end')}
      />
      <RemoteSound session={session} />
      {dialog === 'settings' ? (
        <SettingsDialog local={session.local} onClose={() => setDialog(undefined)} />
      ) : null}
      {dialog === 'security' && moderates ? (
        <SecurityDialog session={session} onClose={() => setDialog(undefined)} />
      ) : null}
      {dialog === 'end' ? (
        <ConfirmDialog
          title="End the meeting for everybody?"
          text="Everybody leaves, and a running recording is completed."
          action="End the meeting"
          onConfirm={() => void session.attempt(session.api.end())}
          onClose={() => setDialog(undefined)}
        />
      ) : null}
    </div>
  );
};
