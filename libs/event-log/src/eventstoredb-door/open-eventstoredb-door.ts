import type { EventStoreDbDoor, EventStoreDbDoorOptions } from './door-options.js';

/**
 * Lets EventStoreDB's clients in: speaks its gRPC protocol (release 23.10) on a log. What it does not do (persistent
 * subscriptions, projections, users, operations, statistics) it refuses as UNIMPLEMENTED. The gRPC library is loaded here,
 * not before.
 * @throws Error when the port cannot be had or the certificate is none.
 */
export const openEventStoreDbDoor = async (options: EventStoreDbDoorOptions): Promise<EventStoreDbDoor> => {
  const { openDoor } = await import('./door-server.js');
  return openDoor(options);
};
