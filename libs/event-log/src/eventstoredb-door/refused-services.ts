import { createRequire } from 'node:module';
import type {
  sendUnaryData,
  ServerDuplexStream,
  ServerUnaryCall,
  ServiceDefinition,
  UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { unimplemented } from './door-refusal.js';
import { statusOf } from './failed-call.js';

const generated = createRequire(import.meta.url);

/** What EventStoreDB does and this door does not, with what to do instead. */
const REFUSED: readonly (readonly [file: string, service: string, sentence: string])[] = [
  [
    'persistent_grpc_pb',
    'PersistentSubscriptionsService',
    'This door has no persistent subscriptions. Use a catch-up subscription and keep its position.',
  ],
  [
    'projections_grpc_pb',
    'ProjectionsService',
    'This door has no projections. Read the events and project them.',
  ],
  ['users_grpc_pb', 'UsersService', 'This door has no users of its own.'],
  ['operations_grpc_pb', 'OperationsService', 'This door has no operations.'],
  ['monitoring_grpc_pb', 'MonitoringService', 'This door has no statistics.'],
];

/** Services in which every call is refused with a sentence. */
export function refusedServices(): (readonly [ServiceDefinition, UntypedServiceImplementation])[] {
  return REFUSED.map(([file, service, sentence]) => {
    const path = `@eventstore/db-client/generated/${file}.js`;
    const definition = (generated(path) as Record<string, ServiceDefinition>)[service] as ServiceDefinition;
    const refusal = (): ReturnType<typeof statusOf> => statusOf(unimplemented(sentence));
    const methods = Object.entries(definition).map(([name, { responseStream }]) => [
      name,
      responseStream
        ? (call: ServerDuplexStream<unknown, unknown>) => call.emit('error', refusal())
        : (_: ServerUnaryCall<unknown, unknown>, answer: sendUnaryData<unknown>) => answer(refusal()),
    ]);
    return [definition, Object.fromEntries(methods) as UntypedServiceImplementation] as const;
  });
}
