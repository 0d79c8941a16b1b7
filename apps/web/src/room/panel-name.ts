/** What can be open beside the stage. */
export type PanelName = 'chat' | 'people' | 'recordings' | 'breakout';

export const PANEL_TITLES: Readonly<Record<PanelName, string>> = {
  chat: 'Chat',
  people: 'People',
  recordings: 'Recordings',
  breakout: 'Breakout rooms',
};
