import { setImmediate } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { ActorSystem, type ActorSystemOptions } from './actor-system.js';
import type { CommandMetadata } from './command-metadata.js';
import { Counter, type CounterCommand, type CounterState } from './counter.js';
import type { Executed } from './executed.js';
import { InterposedEventLog } from './interposed-event-log.js';

/** A log to interpose in, and actor systems on it. For tests. */
export interface ActorBed {
  readonly log: InterposedEventLog;
  /** What the systems reported: error and stream. */
  readonly faults: readonly (readonly [unknown, string])[];
  system(options?: Partial<ActorSystemOptions>): ActorSystem;
  /** Keeps the log from finishing appends until the function that it answers is called. */
  hold(): () => void;
  close(): Promise<void>;
}

export const openActorBed = async (): Promise<ActorBed> => {
  const log = await InterposedEventLog.open();
  const faults: [unknown, string][] = [];
  const systems: ActorSystem[] = [];
  return {
    log,
    faults,
    system: options => {
      const made = new ActorSystem({ log, onFault: (...fault) => faults.push(fault), ...options });
      systems.push(made);
      return made;
    },
    hold: () => {
      const gate = Promise.withResolvers<void>();
      log.around = append => gate.promise.then(append);
      return gate.resolve;
    },
    close: async () => {
      log.around = append => append();
      await Promise.all(systems.map(made => made.close()));
      await log.remove();
    },
  };
};

export const metadata: CommandMetadata = {
  correlationId: 'request',
  userId: 'ada',
  time: '2026-11-22T10:00:00.000Z',
};

/** Gives a command to a counter, `a` when no other is named. */
export const run = (
  actors: ActorSystem,
  command: CounterCommand,
  more: Partial<CommandMetadata> = {},
  id = 'a',
): Promise<Executed<CounterState>> => actors.execute(Counter, id, command, { ...metadata, ...more });

type Add = Extract<CounterCommand, { type: 'Add' }>;
export const add = (amount: number, more: Partial<Add> = {}): Add => ({ type: 'Add', amount, ...more });

/** A DomainError of this code. */
export const refusal = (code: string): unknown => expect.objectContaining({ name: 'DomainError', code });

/** Actors are idle, and commands that were sent are on their way, a few turns of the event loop later. */
export const aFewTurns = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await setImmediate();
};
