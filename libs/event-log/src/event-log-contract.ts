import { describe, jest } from '@jest/globals';
import { describeAppendContract } from './contract/append-contract.js';
import type { OpenEmpty } from './contract/contract-fixtures.js';
import { describeDurabilityContract } from './contract/durability-contract.js';
import { describeIdempotenceContract } from './contract/idempotence-contract.js';
import { describePayloadContract } from './contract/payload-contract.js';
import { describePositionBeforeContract } from './contract/position-before-contract.js';
import { describeReadAllContract } from './contract/read-all-contract.js';
import { describeReadStreamContract } from './contract/read-stream-contract.js';
import { describeTailContract } from './contract/tail-contract.js';

/** For a busy machine, or a store beyond a network: some tests append thousands of events. */
const TEST_TIMEOUT_MS = 180_000;

/**
 * What every adapter of the EventLog port is held to, written against the port alone. For an adapter's own test to call;
 * not for production, since it needs Jest.
 * @param openEmpty called before each group of tests (a group keeps its streams apart, but not its log empty).
 */
export function describeEventLogContract(name: string, openEmpty: OpenEmpty): void {
  describe(`${name} as an event log`, () => {
    jest.setTimeout(TEST_TIMEOUT_MS);
    describeAppendContract(openEmpty);
    describeIdempotenceContract(openEmpty);
    describePayloadContract(openEmpty);
    describeReadStreamContract(openEmpty);
    describeReadAllContract(openEmpty);
    describePositionBeforeContract(openEmpty);
    describeTailContract(openEmpty);
    describeDurabilityContract(openEmpty);
  });
}
