import { describe, expect, it } from '@jest/globals';
import { describeEvent, momentEvent, namesIn } from '#libs/domain';
import type { EventKind } from './event-kinds.js';
import { type EventFilter, filterEvents, lastAtOrBelow, NO_FILTER } from './filter-events.js';
import { logged, tenMinutes } from './replay-examples.js';

const events = [...tenMinutes(), logged(5000, 'FromALaterVersion')].map(momentEvent);
const names = namesIn(events);
const found = (filter: Partial<EventFilter>): string[] =>
  filterEvents(events, { ...NO_FILTER, ...filter }, index => {
    const event = events[index];
    return event ? describeEvent(event, names) : '';
  }).map(index => events[index]?.type ?? '');
const kinds = (...of: EventKind[]): Partial<EventFilter> => ({ kinds: new Set(of) });

describe('events are listed', () => {
  it('all, where nothing is chosen', () => expect(found({})).toHaveLength(events.length));
  it('by one kind or by several', () => {
    expect(found(kinds('chat'))).toEqual(['ChatMessageSent']);
    expect(found(kinds('chat', 'people'))).toEqual([
      'ParticipantJoined',
      'ParticipantJoined',
      'ChatMessageSent',
      'ParticipantLeft',
    ]);
  });
  it('of a type that this page does not know among those about the meeting', () =>
    expect(found(kinds('meeting'))).toContain('FromALaterVersion'));
  it('by words in any order, whatever their case, in the sentence or the type', () => {
    expect(found({ search: 'GRACE' })).toEqual(['ParticipantJoined', 'ParticipantLeft']);
    expect(found({ search: 'joined  grace' })).toEqual(['ParticipantJoined']);
    expect(found({ search: 'chatmessage' })).toEqual(['ChatMessageSent']);
    expect(found({ search: 'nobody' })).toEqual([]);
  });
  it('by incidents alone', () => expect(found({ incidentsAlone: true })).toEqual(['ParticipantLeft']));
  it('only where all of it holds', () =>
    expect(found({ ...kinds('people'), search: 'grace', incidentsAlone: true })).toEqual([
      'ParticipantLeft',
    ]));
});

it('the row of a moment is the last listed event at or before it', () => {
  expect([0, 3, 4, 8, 9].map(limit => lastAtOrBelow([3, 5, 8], limit))).toEqual([-1, 0, 0, 2, 2]);
  expect(lastAtOrBelow([], 3)).toBe(-1);
});
