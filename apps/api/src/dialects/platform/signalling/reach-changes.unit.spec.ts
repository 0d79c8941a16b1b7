import { describe, expect, it } from '@jest/globals';
import { reachChanges } from './reach-changes.js';
import type { RoomOf } from './room-watch.js';

const people = ['ann', 'bob', 'carl', 'dora'].map(userId => ({ participantId: `p-${userId}`, userId }));
const track = (userId: string) => ({ producer_id: `t-${userId}`, participant_id: `p-${userId}` });
const tracks = people.map(({ userId }) => track(userId));
const rooms = (of: Record<string, string>): RoomOf =>
  new Map(Object.entries(of).map(([userId, roomId]) => [`p-${userId}`, { userId, roomId }]));
const changes = (before: Record<string, string>, after: Record<string, string>) =>
  reachChanges(people, tracks, rooms(before), rooms(after));

describe('what moves between rooms change for whom', () => {
  it('nothing, where nobody moves', () => {
    expect(changes({ ann: 'red' }, { ann: 'red' })).toEqual([]);
  });

  it('whoever goes loses the others, and they lose whoever goes', () => {
    expect(changes({}, { ann: 'red' })).toEqual([
      { track: track('ann'), lost: ['bob', 'carl', 'dora'], gained: [] },
      { track: track('bob'), lost: ['ann'], gained: [] },
      { track: track('carl'), lost: ['ann'], gained: [] },
      { track: track('dora'), lost: ['ann'], gained: [] },
    ]);
  });

  it('whoever changes rooms loses some and gains others', () => {
    expect(
      changes({ ann: 'red', bob: 'red', carl: 'blue' }, { ann: 'blue', bob: 'red', carl: 'blue' }),
    ).toEqual([
      { track: track('ann'), lost: ['bob'], gained: ['carl'] },
      { track: track('bob'), lost: ['ann'], gained: [] },
      { track: track('carl'), lost: [], gained: ['ann'] },
    ]);
  });

  it('when all come back everybody gains those of other rooms, and nobody those of their own', () => {
    expect(changes({ ann: 'red', bob: 'red', carl: 'blue' }, {})).toEqual([
      { track: track('ann'), lost: [], gained: ['carl', 'dora'] },
      { track: track('bob'), lost: [], gained: ['carl', 'dora'] },
      { track: track('carl'), lost: [], gained: ['ann', 'bob', 'dora'] },
      { track: track('dora'), lost: [], gained: ['ann', 'bob', 'carl'] },
    ]);
  });

  it('nobody gains or loses a track of their own', () => {
    for (const { track: of, lost, gained } of changes({ ann: 'red' }, { bob: 'red' })) {
      expect([...lost, ...gained].map(userId => `p-${userId}`)).not.toContain(of.participant_id);
    }
  });
});
