import { expect, test } from '@jest/globals';
import { connectionStringOfAttempt, withoutCredentials } from './connection-string.js';

test('each attempt connects anew: its interval of keeping alive is its own, by milliseconds', () => {
  expect(connectionStringOfAttempt('esdb://a:1', 0)).toBe('esdb://a:1?keepAliveInterval=10000');
  expect(connectionStringOfAttempt('esdb://a:1/?tls=false', 3)).toBe(
    'esdb://a:1/?tls=false&keepAliveInterval=10003',
  );
  expect(connectionStringOfAttempt(' esdb+discover://u:p@a,b/ ', 1_001)).toBe(
    'esdb+discover://u:p@a,b?keepAliveInterval=10001',
  );
});

test('the interval that is given is kept, also one of never', () => {
  expect(connectionStringOfAttempt('esdb://a?keepAliveInterval=20000', 2)).toMatch(
    /&keepAliveInterval=20002$/,
  );
  expect(connectionStringOfAttempt('esdb://a?tls=false&keep_alive_interval=-1', 2)).toMatch(
    /&keepAliveInterval=2000000002$/,
  );
});

test('what is shown of it has neither user nor password', () => {
  expect(withoutCredentials('Unexpected in esdb://ada:se:cret@a:1?x=1, and esdb://b')).toBe(
    'Unexpected in esdb://a:1?x=1, and esdb://b',
  );
});
