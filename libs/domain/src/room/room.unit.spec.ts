import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../domain-error.js';
import { specify } from '../given-when-then.js';
import { type OpenRoom, Room, roomName, type RoomOpened } from './room.js';

const { given } = specify(Room);

const at = '2026-11-22T10:00:00.000Z';
const open = (meetingId: string, replaces?: string): OpenRoom => ({
  type: 'OpenRoom',
  by: { userId: 'ada', name: 'Ada', roles: [] },
  at,
  name: 'standup',
  meetingId,
  ...(replaces && { replaces }),
});
const opened = (meetingId: string): RoomOpened => ({
  type: 'RoomOpened',
  data: { name: 'standup', meetingId, openedBy: 'ada', openedAt: at },
});

describe('a room', () => {
  it('leads to the meeting it was opened with', () => {
    given().when(open('m1')).then(opened('m1'));
    expect(given(opened('m1')).state.meetingId).toBe('m1');
  });
  it('keeps its meeting when two open it at the same time', () =>
    given(opened('m1')).when(open('m2')).then());
  it('leads to a new meeting in place of the ended one', () =>
    given(opened('m1')).when(open('m2', 'm1')).then(opened('m2')));
  it('keeps its meeting when another one was to be replaced', () =>
    given(opened('m1'), opened('m2')).when(open('m3', 'm1')).then());
});

describe('a room’s name', () => {
  it.each([
    ['Standup', 'standup'],
    ['  Team  Weekly ', 'team-weekly'],
    ['CAFE\u0301', 'caf\u00e9'],
    ['v1.2_final-3', 'v1.2_final-3'],
    ['मीटिंग', 'मीटिंग'],
    ['ประชุม', 'ประชุม'],
    ['İstanbul', 'i\u0307stanbul'],
    ['constructor', 'constructor'],
    ['x'.repeat(64), 'x'.repeat(64)],
  ])('%j is %j', (text, name) => expect(roomName(text)).toBe(name));

  it.each([
    '',
    '   ',
    '-a',
    '.',
    '..',
    '__proto__',
    'a/b',
    'a?b',
    'a\u0000b',
    'a\u202eb',
    '\u0301a',
    'x'.repeat(65),
  ])('is refused: %j', text => expect(() => roomName(text)).toThrow(DomainError));
});
