import { describe, expect, it } from '@jest/globals';
import { after, person } from '../session/meeting-for-tests.js';
import { blockedReason } from './blocked-reason.js';

const without = (what: 'camera' | 'chat') => ({
  type: 'permissions_updated' as const,
  payload: {
    permissions: {
      microphone: true,
      camera: true,
      screen_share: true,
      chat: true,
      record: true,
      [what]: false,
    },
  },
});

describe('a control that one may not use', () => {
  it('says why: the policy, the role, or the room', () => {
    expect(blockedReason(after(), 'camera')).toBeUndefined();
    expect(blockedReason(after(without('camera')), 'camera')).toBe('The host has switched cameras off');
    const viewer = { type: 'participant_updated' as const, payload: person('ada', { role: 'viewer' }) };
    expect(blockedReason(after(without('camera'), viewer), 'camera')).toContain('Viewers watch');
    const rooms = {
      type: 'breakout_rooms_opened' as const,
      payload: {
        rooms: [{ room_id: 'r', name: 'Red' }],
        participants_may_choose: true,
        participants_may_return: true,
        closes_at: null,
      },
    };
    const inRed = { type: 'participant_updated' as const, payload: person('ada', { breakout_room_id: 'r' }) };
    expect(blockedReason(after(rooms, inRed, without('chat')), 'chat')).toContain('in “Red”');
  });
});
