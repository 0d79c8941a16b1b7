import { beforeEach, describe, expect, it } from '@jest/globals';
import { policy } from './policy-for-tests.js';
import { PolicyKeeper } from './policy-keeper.js';
import { shownPolicy } from './policy-state.js';
import type { PolicyChanges, SecurityPolicy } from './security-policy.js';
import { ServiceError } from './service-error.js';

let onServer: SecurityPolicy;
let sent: PolicyChanges[];
let refusal: Error | undefined;
let heard: () => void;
let answering: Promise<void>;
let keeper: PolicyKeeper;

beforeEach(() => {
  [onServer, sent, refusal, answering] = [policy(), [], undefined, Promise.resolve()];
  heard = () => {};
  keeper = new PolicyKeeper({
    policy: async () => {
      if (refusal) throw refusal;
      return onServer;
    },
    applyPolicy: async changes => {
      sent.push(changes);
      heard();
      await answering;
      if (refusal) throw refusal;
      const { password: _secret, ...rest } = changes;
      onServer = { ...onServer, ...rest };
      return null;
    },
  });
});

describe('who keeps the security policy', () => {
  it('sends what was changed and nothing else', async () => {
    await keeper.open();
    onServer = policy({ chat_permissions: 'none', max_participants: 7 });
    expect(await keeper.change({ lock_meeting: true })).toBeUndefined();
    await keeper.change({ password: 'open sesame', require_password: true });
    expect(sent).toEqual([{ lock_meeting: true }, { password: 'open sesame', require_password: true }]);
    expect(onServer).toMatchObject({ chat_permissions: 'none', max_participants: 7 });
    expect(JSON.stringify(keeper.state.get())).not.toContain('sesame');
  });

  it('changes a list as it is then, not as it was shown', async () => {
    await keeper.open();
    onServer = policy({ blocked_users: ['eve'], mute_on_entry: true });
    await keeper.edit('blocked_users', list => [...list, 'mallory']);
    expect(sent).toEqual([{ blocked_users: ['eve', 'mallory'] }]);
    expect(shownPolicy(keeper.state.get())).toEqual(
      policy({ blocked_users: ['eve', 'mallory'], mute_on_entry: true }),
    );
  });

  it('moves a switch at once, and sends one change after the other, so that the last one counts', async () => {
    await keeper.open();
    let answer = () => {};
    answering = new Promise(resolve => (answer = resolve));
    const first = new Promise<void>(resolve => (heard = resolve));
    const all = [keeper.change({ lock_meeting: true }), keeper.change({ lock_meeting: false })];
    await first;
    expect(sent).toEqual([{ lock_meeting: true }]);
    expect(shownPolicy(keeper.state.get())).toMatchObject({ lock_meeting: false });
    answer();
    await Promise.all(all);
    expect(sent).toEqual([{ lock_meeting: true }, { lock_meeting: false }]);
    expect(keeper.state.get()).toEqual({ policy: policy(), asked: [], problems: {}, last: 'saved' });
  });

  it('what is refused is shown as it was, said beside the field, answered, and keeps nothing after it from working', async () => {
    await keeper.open();
    refusal = new ServiceError('VALIDATION_FAILED', 'No', { max_participants: 'must be less' });
    expect(await keeper.change({ max_participants: 5000 })).toBe(refusal);
    expect(await keeper.edit('allowed_domains', list => [...list, 'example.com'])).toBe(refusal);
    expect(keeper.state.get()).toMatchObject({
      policy: policy(),
      asked: [],
      problems: { max_participants: 'Must be less.' },
      last: 'refused',
    });
    refusal = undefined;
    expect(await keeper.change({ max_participants: 500 })).toBeUndefined();
    expect(keeper.state.get()).toMatchObject({ policy: { max_participants: 500 }, problems: {} });
  });

  it('says that the policy cannot be read, until it can', async () => {
    refusal = new ServiceError('UNREACHABLE', '');
    await keeper.open();
    expect(keeper.state.get().failure).toMatch(/cannot be reached/);
    refusal = undefined;
    await keeper.open();
    expect(keeper.state.get()).toEqual({ policy: policy(), asked: [], problems: {} });
  });
});
