import { describe, expect, it } from '@jest/globals';
import { isRoomSlug, meetingRef, refFromInput, roomSlug } from './meeting-ref.js';

describe('the end of a link', () => {
  it('is a meeting where it is a ULID in capitals', () => {
    expect(meetingRef('01KAJ8VZ4Q8W2N7T5R3M6P9XYZ')).toEqual({
      kind: 'meeting',
      meetingId: '01KAJ8VZ4Q8W2N7T5R3M6P9XYZ',
    });
  });

  it.each([
    'calm-heron-42',
    '01kaj8vz4q8w2n7t5r3m6p9xyz',
    '81KAJ8VZ4Q8W2N7T5R3M6P9XYZ',
    '01KAJ8VZ4Q8W2N7T5R3M6P9XYI',
  ])('is a room else: %s', ref => expect(meetingRef(ref)).toEqual({ kind: 'room', name: ref }));
});

describe('what is typed for a meeting', () => {
  it.each([
    ['  Weekly  Planning ', 'weekly-planning'],
    ['Büro', 'büro'],
    ['https://meet.example.org/m/calm-heron-42?name=Ada', 'calm-heron-42'],
    ['http://localhost:8080/m/b%C3%BCro', 'büro'],
    ['https://x.org/m/%E0%A4%A', '%E0%A4%A'],
    ['01KAJ8VZ4Q8W2N7T5R3M6P9XYZ', '01kaj8vz4q8w2n7t5r3m6p9xyz'],
  ])('%p leads to %p', (typed, ref) => expect(refFromInput(typed)).toBe(ref));

  it('keeps the capitals of a meeting id in a pasted link', () => {
    const ref = refFromInput('http://localhost:8080/m/01KAJ8VZ4Q8W2N7T5R3M6P9XYZ');
    expect(meetingRef(ref).kind).toBe('meeting');
  });

  it.each([
    ['a', true],
    ['büro_1.2-3', true],
    ['', false],
    ['-a', false],
    ['a/b', false],
    ['a'.repeat(65), false],
  ])('%p as a room name: %p', (slug, valid) => expect(isRoomSlug(roomSlug(slug))).toBe(valid));
});
