import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js';

/** The release of EventStoreDB whose protocol the door speaks. Clients read it as numbers between dots. */
const VERSION = '23.10.0';

const METHODS: readonly (readonly [service: string, method: string, features?: readonly string[]])[] = [
  ['event_store.client.streams.streams', 'append'],
  ['event_store.client.streams.streams', 'batchappend'],
  ['event_store.client.streams.streams', 'delete'],
  ['event_store.client.streams.streams', 'read', ['position', 'events']],
  ['event_store.client.streams.streams', 'tombstone'],
  ['event_store.client.gossip.gossip', 'read'],
  ['event_store.client.server_features.serverfeatures', 'getsupportedmethods'],
];

/** `ServerFeatures.GetSupportedMethods`: what this door does. @param writable without it, what writes is left out. */
export function supportedMethods(writable: boolean): SupportedMethods {
  const answer = new features.SupportedMethods().setEventStoreServerVersion(VERSION);
  const READING = ['read', 'getsupportedmethods'];
  for (const [service, method, own = []] of METHODS) {
    if (!writable && !READING.includes(method)) continue;
    answer.addMethods(
      new features.SupportedMethod()
        .setServiceName(service)
        .setMethodName(method)
        .setFeaturesList([...own]),
    );
  }
  return answer;
}
