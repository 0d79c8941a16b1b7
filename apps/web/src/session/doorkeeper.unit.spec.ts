import { beforeEach, describe, expect, it } from '@jest/globals';
import { Doorkeeper } from './doorkeeper.js';
import type { Ask } from './protocol.js';
import type { LocalAction } from './reduce-meeting.js';
import { ServiceError } from './service-error.js';

const eve = { user_id: 'eve', display_name: 'Eve' };
const alan = { user_id: 'alan', display_name: 'Alan' };
let asked: unknown[];
let actions: LocalAction[];
let failures: unknown[];
let refusal: Error | undefined;
let door: Doorkeeper;

const answer = async (what: unknown): Promise<void> => {
  asked.push(what);
  if (refusal) throw refusal;
};

beforeEach(() => {
  [asked, actions, failures, refusal] = [[], [], [], undefined];
  const ask: Ask = async (name, request) => {
    await answer([name, request]);
    return {};
  };
  const api = {
    waiting: async () => [eve],
    admit: (userId: string) => answer(['admit', userId]),
    admitAll: () => answer('admit all'),
  };
  door = new Doorkeeper(
    ask,
    api,
    action => actions.push(action),
    error => failures.push(error),
  );
});

describe('at the door', () => {
  it('whoever is let in waits no longer; whoever is sent away is remembered', async () => {
    await door.answer(eve, true);
    await door.answer(alan, false);
    expect(asked).toEqual([
      ['admit_participant', { user_id: 'eve' }],
      ['deny_participant', { user_id: 'alan' }],
    ]);
    expect(actions).toEqual([
      { type: 'no_longer_waiting', userId: 'eve' },
      { type: 'turned_away', user: alan },
    ]);
  });

  it('all are let in with one request', async () => {
    await door.admitAll([eve, alan]);
    expect(asked).toEqual(['admit all']);
    expect(actions).toEqual([
      { type: 'no_longer_waiting', userId: 'eve' },
      { type: 'no_longer_waiting', userId: 'alan' },
    ]);
  });

  it('a refusal is told and leaves them waiting, unless they do not wait any more', async () => {
    refusal = new ServiceError('MEETING_LOCKED', 'locked');
    await door.answer(eve, true);
    await door.admitAll([eve]);
    await door.letBack('eve');
    expect(actions).toEqual([]);
    refusal = new ServiceError('PARTICIPANT_NOT_FOUND', 'gone');
    await door.answer(eve, true);
    expect(actions).toEqual([{ type: 'no_longer_waiting', userId: 'eve' }]);
    expect(failures).toHaveLength(4);
  });

  it('who is kept out no more, since they were unblocked, counts as let back', async () => {
    refusal = new ServiceError('PARTICIPANT_NOT_FOUND', 'gone');
    await door.letBack('alan');
    expect([actions, failures]).toEqual([[{ type: 'let_back', userId: 'alan' }], []]);
  });

  it('who was sent away is let back, and who waits is learnt', async () => {
    await door.letBack('alan');
    await door.learnWhoWaits();
    expect(actions).toEqual([
      { type: 'let_back', userId: 'alan' },
      { type: 'waiting_known', waiting: [eve] },
    ]);
  });
});
