import type { FunctionComponent } from 'react';
import type { MeetingMoment } from '#libs/domain';
import { BreakoutPanel } from './breakout-panel.js';
import { ChatPanel } from './chat-panel.js';
import { MediaPanel } from './media-panel.js';
import { MeetingPanel } from './meeting-panel.js';
import type { PanelProps } from './panel-props.js';
import { PeoplePanel } from './people-panel.js';
import { PolicyPanel } from './policy-panel.js';
import { RecordingPanel } from './recording-panel.js';
import { WaitingPanel } from './waiting-panel.js';

export interface ReplayPanel {
  readonly id: string;
  readonly title: string;
  /** How many there are of what it shows, beside the title. */
  readonly count?: (moment: MeetingMoment) => number;
  /** Whether it is of use at this moment; always when absent. */
  readonly when?: (moment: MeetingMoment) => boolean;
  /** Where there is room for two columns: the one it stands in. */
  readonly column: 1 | 2;
  readonly View: FunctionComponent<PanelProps>;
}

/** The state of a meeting, part by part, in the order shown. */
export const REPLAY_PANELS: readonly ReplayPanel[] = [
  {
    id: 'people',
    title: 'People',
    count: moment => moment.participants.length,
    column: 1,
    View: PeoplePanel,
  },
  {
    id: 'waiting',
    title: 'Waiting to be let in',
    count: moment => moment.waiting.length,
    when: ({ meeting, waiting }) => waiting.length > 0 || meeting.settings.waitingRoomEnabled,
    column: 1,
    View: WaitingPanel,
  },
  {
    id: 'breakout',
    title: 'Breakout rooms',
    count: ({ meeting }) => meeting.breakout?.rooms.length ?? 0,
    when: ({ meeting }) => meeting.breakout !== undefined,
    column: 1,
    View: BreakoutPanel,
  },
  { id: 'media', title: 'Media', column: 1, View: MediaPanel },
  { id: 'chat', title: 'Chat', count: moment => moment.chat.count, column: 2, View: ChatPanel },
  { id: 'recording', title: 'Recording', column: 2, View: RecordingPanel },
  { id: 'meeting', title: 'Meeting', column: 2, View: MeetingPanel },
  { id: 'policy', title: 'What is allowed', column: 2, View: PolicyPanel },
];
