import { describe, expect, it } from '@jest/globals';
import { explainError } from './explain-error.js';
import { hasCode, isPassing, readServiceError, ServiceError } from './service-error.js';

const fields = {
  code: 'MEETING_FULL',
  message: 'No seat',
  details: { max_participants: 2 },
  request_id: 'req_1',
};

describe('an error of the server', () => {
  it('is read out of an `error` object', () => {
    expect(readServiceError({ success: false, error: fields })).toMatchObject({
      code: 'MEETING_FULL',
      message: 'No seat',
      details: { max_participants: 2 },
      requestId: 'req_1',
    });
  });

  it('is read out of the flat form', () => {
    expect(readServiceError({ status: 'error', ...fields })).toMatchObject({
      code: 'MEETING_FULL',
      message: 'No seat',
    });
  });

  it.each([undefined, null, 'oops', 42, {}, { error: 'Not Found' }])(
    'is made of %p, which is none of ours',
    body => {
      const error = readServiceError(body, 'UNAVAILABLE');
      expect(error.code).toBe('UNAVAILABLE');
      expect(error.message).not.toBe('');
    },
  );

  it('is known by its code', () => {
    const error = new ServiceError('TIMEOUT', 'late');
    expect(hasCode(error, 'DISCONNECTED', 'TIMEOUT')).toBe(true);
    expect(hasCode(new Error('TIMEOUT'), 'TIMEOUT')).toBe(false);
    expect(isPassing(error)).toBe(true);
    expect(isPassing(new ServiceError('MEETING_ENDED', 'over'))).toBe(false);
  });
});

describe('an explanation', () => {
  it('names the fields that are wrong', () => {
    const error = new ServiceError('VALIDATION_FAILED', 'Not valid', { display_name: 'must not be blank' });
    expect(explainError(error)).toBe('display name: must not be blank');
  });

  it.each([
    ['allow_anonymous_join', /^Guests may not join/],
    ['allowed_domains', /e-mail address of certain domains/],
  ])('says which rule of the meeting keeps somebody out: %s', (field, says) => {
    const refused = { code: 'INSUFFICIENT_PERMISSIONS', message: 'No', details: { [field]: false } };
    expect(explainError(readServiceError({ error: refused }))).toMatch(says);
  });

  it('falls back on the words of the server for a code it does not know', () => {
    expect(explainError(new ServiceError('TEAPOT', 'Short and stout'))).toBe('Short and stout');
  });

  it('says that a browser is too old instead of what it lacks', () => {
    const error = new Error('device not supported');
    error.name = 'UnsupportedError';
    expect(explainError(error)).toMatch(/browser/);
  });
});
