import type { CommandMetadata } from './command-metadata.js';
import type { Executed } from './executed.js';

/** One letter in an actor's mailbox: a command, or the question what the state is. */
export interface Envelope<State, Command> {
  readonly request?: { readonly command: Command; readonly metadata: CommandMetadata };
  /** Id of the first event that the command leads to, when it has an idempotency key. */
  readonly firstId?: string;
  /** The log was asked for `firstId` and did not have it. */
  probed?: boolean;
  answer(executed: Executed<State>): void;
  refuse(error: unknown): void;
}
