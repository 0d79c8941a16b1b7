import { describe, expect, it } from '@jest/globals';
import { EVENT_CATALOGUE } from '#libs/domain';
import { sampleEvents, type SampleOptions } from './sample-events.js';

const events = (options?: SampleOptions) => [...sampleEvents(options)].flat();
const all = events();

describe('the sample', () => {
  it('has events of every type', () => {
    expect([...new Set(all.map(({ type }) => type))].sort()).toEqual(Object.keys(EVENT_CATALOGUE).sort());
  });

  it('has every type with any seed', () => {
    for (const seed of [2, 3, 4, 5]) {
      expect(new Set(events({ seed }).map(({ type }) => type)).size).toBe(
        Object.keys(EVENT_CATALOGUE).length,
      );
    }
  });

  it('is the same for the same seed, ids included, and another for another', () => {
    expect(events({ seed: 1 })).toEqual(all);
    expect(events({ seed: 2 })).not.toEqual(all);
  });

  it('is in the order of time, and gives no id twice', () => {
    const times = all.map(({ time }) => time);
    expect(times).toEqual(times.toSorted());
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  it('has a meeting with 60 people, private messages, files, someone removed and someone who lost the connection', () => {
    const joined = Map.groupBy(
      all.filter(({ type }) => type === 'ParticipantJoined'),
      ({ stream }) => stream,
    );
    const people = [...joined.values()].map(
      events => new Set(events.map(({ data }) => (data as { userId: string }).userId)).size,
    );
    expect(Math.max(...people)).toBe(60);
    const chat = all
      .filter(({ type }) => type === 'ChatMessageSent')
      .map(({ data }) => data as Record<string, unknown>);
    expect(chat.some(({ recipientId }) => recipientId !== undefined)).toBe(true);
    expect(chat.some(({ file }) => file !== undefined)).toBe(true);
    const reasons = all
      .filter(({ type }) => type === 'ParticipantLeft')
      .map(({ data }) => (data as { reason: string }).reason);
    expect([...new Set(reasons)].sort()).toEqual(['disconnected', 'left', 'meeting-ended', 'removed']);
  });

  it.each([1, 7, 45])('has as many meetings as asked for: %i', meetings => {
    expect(events({ meetings }).filter(({ type }) => type === 'MeetingCreated')).toHaveLength(meetings);
  });
});
