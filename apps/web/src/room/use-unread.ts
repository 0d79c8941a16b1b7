import { useEffect, useState } from 'react';
import type { MeetingState } from '../session/meeting-state.js';
import { unreadCount } from './unread.js';

/** How many messages of others came since the chat was last open; those from before one's arrival are not news. */
export const useUnread = (meeting: MeetingState, chatOpen: boolean): number => {
  const [seen, setSeen] = useState(() => meeting.messages.at(-1)?.message_id);
  const latest = meeting.messages.at(-1)?.message_id;
  useEffect(() => {
    if (chatOpen) setSeen(latest);
  }, [chatOpen, latest]);
  const self = meeting.participants.find(({ participant_id }) => participant_id === meeting.selfId);
  return chatOpen ? 0 : unreadCount(meeting.messages, seen, self?.user_id);
};
