import { canShareScreen } from '../session/capture.js';
import type { MeetingSession } from '../session/meeting-session.js';
import { peopleHere } from '../session/breakout-rooms.js';
import { mayModerate, selfOf, type MeetingState } from '../session/meeting-state.js';
import { IconButton } from '../ui/icon-button.js';
import { useCompact } from '../ui/use-media-query.js';
import { useStore } from '../ui/use-store.js';
import { blockedReason } from './blocked-reason.js';
import { Menu, type MenuEntry } from './menu.js';
import type { PanelName } from './panel-name.js';
import { ReactionStrip } from './reaction-strip.js';

interface Props {
  readonly session: MeetingSession;
  readonly meeting: MeetingState;
  readonly panel: PanelName | undefined;
  readonly unread: number;
  readonly onPanel: (panel: PanelName) => void;
  readonly onSettings: () => void;
  readonly onSecurity: () => void;
  readonly onEndForAll: () => void;
}

/** An action that stands in the bar where there is room, and in the menu on a phone. */
interface BarAction extends MenuEntry {
  readonly testId: string;
  /** Its name in the bar, where it is a switch; in the menu the label says what a choice does now. */
  readonly name: string;
  readonly pressed: boolean;
  readonly tone?: 'on' | 'danger';
  readonly count?: number;
}

export const ControlBar = ({
  session,
  meeting,
  panel,
  unread,
  onPanel,
  onSettings,
  onSecurity,
  onEndForAll,
}: Props) => {
  const compact = useCompact();
  const { local } = session;
  const { microphoneOn, cameraOn, screen } = useStore(local.state);
  const { isRecording, waiting, breakout } = meeting;
  const here = peopleHere(meeting).length;
  const handRaised = selfOf(meeting)?.is_hand_raised ?? false;
  const moderates = mayModerate(meeting);

  const actions: readonly (BarAction | false)[] = [
    canShareScreen() && {
      key: 'screen',
      icon: 'screen',
      testId: 'screen-button',
      name: 'Share the screen',
      label: screen ? 'Stop sharing the screen' : 'Share the screen',
      pressed: screen !== undefined,
      tone: 'on',
      blocked: blockedReason(meeting, 'screen_share'),
      onSelect: () => (screen ? local.stopScreen() : void session.attempt(local.startScreen())),
    },
    {
      key: 'hand',
      icon: 'hand',
      testId: 'hand-button',
      name: 'Raise your hand',
      label: handRaised ? 'Lower your hand' : 'Raise your hand',
      pressed: handRaised,
      tone: 'on',
      onSelect: () => void session.attempt(session.ask('raise_hand', { is_hand_raised: !handRaised })),
    },
    (moderates || meeting.permissions.record) && {
      key: 'record',
      icon: isRecording ? 'stop' : 'record',
      testId: 'record-button',
      name: 'Record the meeting',
      label: isRecording ? 'Stop recording' : 'Record the meeting',
      pressed: isRecording,
      tone: 'danger',
      blocked: isRecording ? undefined : blockedReason(meeting, 'record'),
      onSelect: () => {
        if (isRecording && panel !== 'recordings') onPanel('recordings');
        void session.attempt(session.ask(isRecording ? 'stop_recording' : 'start_recording', {}));
      },
    },
  ];
  const people: BarAction = {
    key: 'people',
    icon: 'people',
    testId: 'participants-button',
    name: `People, ${here}`,
    label: `People, ${here}`,
    pressed: panel === 'people',
    count: waiting.length,
    onSelect: () => onPanel('people'),
  };
  const extras: readonly (MenuEntry | false)[] = [
    {
      key: 'recordings',
      icon: 'film',
      label: 'Recordings',
      testId: 'recordings-button',
      onSelect: () => onPanel('recordings'),
    },
    (meeting.role === 'host' || breakout !== undefined) && {
      key: 'breakout',
      icon: 'rooms',
      label: 'Breakout rooms',
      testId: 'breakout-button',
      onSelect: () => onPanel('breakout'),
    },
    moderates && {
      key: 'security',
      icon: 'shield',
      label: 'Security',
      testId: 'security-button',
      onSelect: onSecurity,
    },
    { key: 'settings', icon: 'settings', label: 'Devices', testId: 'settings-button', onSelect: onSettings },
    moderates && {
      key: 'end',
      icon: 'end',
      label: 'End for everybody',
      testId: 'end-button',
      danger: true,
      onSelect: onEndForAll,
    },
  ];
  const microphoneBlocked = microphoneOn ? undefined : blockedReason(meeting, 'microphone');
  const cameraBlocked = cameraOn ? undefined : blockedReason(meeting, 'camera');
  const shown = actions.filter(action => action !== false);
  /** Does it, or says why not. */
  const unless = (blocked: string | undefined, action: () => void) => () =>
    blocked === undefined ? action() : session.notify(blocked);
  const button = ({ key, testId, name, label, pressed, tone, blocked, onSelect, ...rest }: BarAction) => (
    <IconButton
      key={key}
      {...rest}
      label={name}
      hint={blocked ?? label}
      blocked={blocked}
      data-testid={testId}
      tone={pressed ? (tone ?? 'on') : 'plain'}
      aria-pressed={pressed}
      onClick={unless(blocked, onSelect)}
    />
  );

  return (
    <div className="control-bar" data-testid="control-bar" role="group" aria-label="Meeting controls">
      <div className="control-group">
        <IconButton
          icon={microphoneOn ? 'microphone' : 'microphone-off'}
          label="Microphone"
          hint={microphoneBlocked ?? (microphoneOn ? 'Mute (Ctrl+D)' : 'Unmute (Ctrl+D)')}
          blocked={microphoneBlocked}
          tone={microphoneOn ? 'plain' : 'off'}
          aria-pressed={microphoneOn}
          aria-keyshortcuts="Control+D Meta+D"
          data-testid="mic-button"
          onClick={unless(microphoneBlocked, () => void local.setMicrophone(!microphoneOn))}
        />
        <IconButton
          icon={cameraOn ? 'camera' : 'camera-off'}
          label="Camera"
          hint={cameraBlocked ?? (cameraOn ? 'Turn the camera off (Ctrl+E)' : 'Turn the camera on (Ctrl+E)')}
          blocked={cameraBlocked}
          tone={cameraOn ? 'plain' : 'off'}
          aria-pressed={cameraOn}
          aria-keyshortcuts="Control+E Meta+E"
          data-testid="camera-button"
          onClick={unless(cameraBlocked, () => void local.setCamera(!cameraOn))}
        />
        {compact ? null : shown.map(button)}
        {compact ? null : (
          <Menu
            entries={[]}
            label="React"
            icon="smile"
            testId="react-button"
            top={close => <ReactionStrip session={session} onDone={close} />}
          />
        )}
      </div>
      <div className="control-group">
        {compact ? null : button(people)}
        <IconButton
          icon="chat"
          label="Chat"
          count={unread}
          tone={panel === 'chat' ? 'on' : 'plain'}
          aria-pressed={panel === 'chat'}
          data-testid="chat-button"
          onClick={() => onPanel('chat')}
        />
        <Menu
          entries={[...(compact ? [...shown, people] : []), ...extras.filter(extra => extra !== false)]}
          count={compact ? waiting.length : 0}
          top={close => (compact ? <ReactionStrip session={session} onDone={close} /> : null)}
        />
      </div>
      <IconButton
        icon="leave"
        label="Leave"
        tone="danger"
        className="leave-button"
        data-testid="leave-button"
        onClick={() => void session.leave()}
      />
    </div>
  );
};
