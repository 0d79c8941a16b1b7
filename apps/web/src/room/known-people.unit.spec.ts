import { describe, expect, it } from '@jest/globals';
import { after, message, person } from '../session/meeting-for-tests.js';
import { blockablePeople, nameOfUser } from './known-people.js';

const meeting = after(
  { type: 'participant_joined', payload: person('carol') },
  { type: 'turned_away', user: { user_id: 'user-mallory', display_name: 'mallory' } },
);

describe('the people whom a moderator knows', () => {
  it('may be blocked wherever they are, but not the host, nor oneself, nor who is blocked already', () => {
    expect(blockablePeople(meeting, ['user-carol'])).toEqual([
      { where: 'In the meeting', people: [{ user_id: 'user-bob', display_name: 'bob' }] },
      { where: 'Waiting', people: [{ user_id: 'user-eve', display_name: 'eve' }] },
      { where: 'Sent away', people: [{ user_id: 'user-mallory', display_name: 'mallory' }] },
    ]);
    const handedOver = { ...meeting, hostId: 'user-bob' };
    expect(blockablePeople(handedOver, ['user-carol', 'user-eve', 'user-mallory'])).toEqual([]);
  });

  it('have a name, also after they went, when they wrote something; else their id stands for them', () => {
    const told = after(
      { type: 'chat_message_received', payload: message('c2', { sender_id: 'x', sender_name: 'Xenia' }) },
      { type: 'chat_message_received', payload: message('c3', { sender_id: 'x', sender_name: 'Xena' }) },
    );
    expect(['user-bob', 'user-eve', 'x', 'nobody'].map(userId => nameOfUser(told, userId))).toEqual([
      'bob',
      'eve',
      'Xena',
      'nobody',
    ]);
    expect(nameOfUser(meeting, 'user-mallory')).toBe('mallory');
  });
});
