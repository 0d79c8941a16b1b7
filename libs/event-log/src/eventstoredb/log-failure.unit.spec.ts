import { describe, expect, test } from '@jest/globals';
import {
  AccessDeniedError,
  CancelledError,
  DeadlineExceededError,
  NotLeaderError,
  StreamNotFoundError,
  TimeoutError,
  UnavailableError,
  UnknownError,
} from '@eventstore/db-client';
import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { LogUnavailable } from '../event-log-errors.js';
import { logFailure } from './log-failure.js';

function grpcError(code: status, details: string): ServiceError {
  return Object.assign(new Error(`${code} ${details}`), { code, details, metadata: new Metadata() });
}

function notLeader(): NotLeaderError {
  const error = grpcError(status.UNKNOWN, 'Leader info');
  error.metadata.set('leader-endpoint-host', '10.0.0.2');
  error.metadata.set('leader-endpoint-port', '2113');
  return new NotLeaderError(error);
}

describe('what went wrong counts as LogUnavailable', () => {
  test.each([
    ['the server cannot be reached', new UnavailableError(grpcError(status.UNAVAILABLE, 'No connection'))],
    ['it cancels', new CancelledError(grpcError(status.CANCELLED, 'Cancelled'))],
    ['another one leads', notLeader()],
    ['it had no time', new DeadlineExceededError(grpcError(status.DEADLINE_EXCEEDED, 'Deadline'))],
    ['it gave up', new TimeoutError(grpcError(status.ABORTED, 'Timeout'))],
    ['the connection broke amid a call', grpcError(status.INTERNAL, 'Received RST_STREAM with code 2')],
    ['the client names it unknown', new UnknownError(grpcError(status.INTERNAL, 'read ECONNRESET'))],
    ['the client throws it raw', grpcError(status.UNAVAILABLE, 'Connection dropped')],
    ['no server of a cluster is found', new Error('Failed to discover after 10 attempts.')],
    ['a channel was closed meanwhile', new Error('Channel has been shut down')],
    ['the network says so', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })],
    ['the call was over already', new Error('write after end')],
  ])('when %s', (_, error) => {
    const failure = logFailure(error);
    expect(failure).toBeInstanceOf(LogUnavailable);
    expect(failure.cause).toBe(error);
  });
});

describe('it stays what it is', () => {
  test.each([
    ['when it is LogUnavailable', new LogUnavailable('closed')],
    ['when there is no such stream', new StreamNotFoundError(null as never, 'stream')],
    ['when access is denied', new AccessDeniedError(grpcError(status.UNAUTHENTICATED, 'Access denied'))],
    ['when the server has a fault', new UnknownError(grpcError(status.UNKNOWN, 'Object reference'))],
    ['when the request is wrong', grpcError(status.INVALID_ARGUMENT, 'connection-name is wrong')],
    ['when the fault is ours', new TypeError('x is undefined')],
  ])('%s', (_, error) => {
    expect(logFailure(error)).toBe(error);
  });
});
