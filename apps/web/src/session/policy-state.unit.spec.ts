import { describe, expect, it } from '@jest/globals';
import { policy } from './policy-for-tests.js';
import {
  NO_POLICY,
  notRead,
  opened,
  problemsOf,
  shownPolicy,
  wasAsked,
  wasRead,
  wasRefused,
  wasSaved,
} from './policy-state.js';
import { ServiceError } from './service-error.js';

const known = wasRead(NO_POLICY, policy());
const refusal = (details: Record<string, unknown>) => new ServiceError('VALIDATION_FAILED', 'No', details);

describe('the security policy as it is shown', () => {
  it('is what the server told, with what was asked for ahead of the answer, in that order', () => {
    expect(shownPolicy(NO_POLICY)).toBeUndefined();
    const on = { fields: ['lock_meeting'], ahead: { lock_meeting: true } } as const;
    const off = { fields: ['lock_meeting'], ahead: { lock_meeting: false } } as const;
    const asked = wasAsked(wasAsked(known, on), off);
    expect(shownPolicy(asked)).toEqual(policy());
    expect(shownPolicy(wasSaved(asked, off, { lock_meeting: false }))).toEqual(
      policy({ lock_meeting: true }),
    );
  });

  it('keeps what another changed meanwhile when an own change is answered', () => {
    const asked = { fields: ['mute_on_entry'], ahead: { mute_on_entry: true } } as const;
    const meanwhile = wasRead(wasAsked(known, asked), policy({ chat_permissions: 'none' }));
    expect(shownPolicy(wasSaved(meanwhile, asked, { mute_on_entry: true }))).toEqual(
      policy({ chat_permissions: 'none', mute_on_entry: true }),
    );
  });

  it('takes back what was refused, and that alone, and says why beside it until it is tried again', () => {
    const lock = { fields: ['lock_meeting'], ahead: { lock_meeting: true } } as const;
    const mute = { fields: ['mute_on_entry'], ahead: { mute_on_entry: true } } as const;
    const refused = wasRefused(
      wasAsked(wasAsked(known, lock), mute),
      lock,
      new ServiceError('UNREACHABLE', ''),
    );
    expect(shownPolicy(refused)).toEqual(policy({ mute_on_entry: true }));
    expect(refused.problems).toEqual({ lock_meeting: expect.stringMatching(/cannot be reached/) });
    expect(wasAsked(refused, mute).problems).toEqual(refused.problems);
    expect(wasAsked(refused, lock).problems).toEqual({});
    expect(opened(refused).problems).toEqual({});
  });

  it('a password makes one required, and is not kept', () => {
    const asked = { fields: ['require_password'], ahead: {} } as const;
    const saved = wasSaved(wasAsked(known, asked), asked, { password: 'open sesame' });
    expect(saved.policy).toEqual(policy({ require_password: true }));
    expect(saved).toMatchObject({ last: 'saved', asked: [] });
    expect(JSON.stringify(saved)).not.toContain('sesame');
  });

  it('a policy that cannot be read is a failure only where there is none yet', () => {
    const error = new ServiceError('UNREACHABLE', '');
    expect(notRead(known, error)).toBe(known);
    const failed = notRead(NO_POLICY, error);
    expect(failed.failure).toMatch(/cannot be reached/);
    expect(wasRead(failed, policy())).toEqual(known);
    expect(opened(failed)).toEqual(NO_POLICY);
  });
});

describe('what is wrong with a change', () => {
  it.each([
    [
      { max_participants: 'max_participants must not be greater than 1000' },
      { max_participants: 'Must not be greater than 1000.' },
    ],
    [
      { allowed_domains: 'each of allowed_domains must be a domain name, such as example.com' },
      { allowed_domains: 'Must be a domain name, such as example.com.' },
    ],
    [{ 'blocked_users.3': 'must be 1 to 255 characters' }, { blocked_users: 'Must be 1 to 255 characters.' }],
    [
      { password: 'is needed: the meeting has none' },
      { require_password: 'Is needed: the meeting has none.' },
    ],
  ])('stands beside the field that the server names: %j', (details, problems) =>
    expect(problemsOf(refusal({ ...details, request_id: 'req_1' }), ['lock_meeting'])).toEqual(problems),
  );

  it('stands beside what was to change where the server names no field of it', () => {
    expect(problemsOf(refusal({ body: 'must be an object', constructor: 'x' }), ['lock_meeting'])).toEqual({
      lock_meeting: expect.stringMatching(/body: must be an object/),
    });
    expect(problemsOf(new ServiceError('MEETING_ENDED', ''), ['allowed_domains'])).toEqual({
      allowed_domains: 'This meeting has ended.',
    });
  });
});
