import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyRecord, expectReplayable, runSequence } from '../any-sequence.js';
import { DomainError } from '../domain-error.js';
import { type OpenRoom, Room, roomName } from './room.js';

const meetingId = fc.constantFrom('m1', 'm2', 'm3');
const anyOpening: fc.Arbitrary<OpenRoom> = fc
  .tuple(
    anyRecord({
      type: fc.constant('OpenRoom' as const),
      by: fc.constant({ userId: 'ada', name: 'Ada', roles: [] }),
      at: fc.constant('2026-11-22T10:00:00.000Z'),
      name: fc.constant('standup'),
      meetingId,
    }),
    fc.option(meetingId, { nil: undefined }),
  )
  .map(([opening, replaces]) => ({ ...opening, ...(replaces !== undefined && { replaces }) }));
const anyOpenings = fc.array(anyOpening, { maxLength: 20 });

it('the events are plain JSON and lead to the same state again, from the beginning and from any snapshot', () =>
  fc.assert(fc.property(anyOpenings, openings => expectReplayable(Room, runSequence(Room, openings)))));

it('a room that leads somewhere leads elsewhere only for one who knew where it led', () =>
  fc.assert(
    fc.property(anyOpenings, openings => {
      for (const { command, before, after } of runSequence(Room, openings)) {
        const knew = before.meetingId === undefined || before.meetingId === command.replaces;
        expect(after.meetingId).toBe(knew ? command.meetingId : before.meetingId);
      }
    }),
  ));

it('a room’s name is the same however often it is cleaned, and has nothing that an address or a stream would trip over', () =>
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.string()),
      text => {
        let name: string;
        try {
          name = roomName(text);
        } catch (error) {
          expect(error).toBeInstanceOf(DomainError);
          return;
        }
        expect(roomName(name)).toBe(name);
        expect(name).not.toMatch(/[\p{C}\s/\\?#%&:"'<>]/u);
        expect(decodeURIComponent(encodeURIComponent(name))).toBe(name);
      },
    ),
    { numRuns: 2000 },
  ));
