import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { identify, type ProcessIdentity } from './process-identity.js';
import { signalGroup } from './process-group.js';
import { endsBefore, restartDelay } from './restart-delay.js';

export interface ProcessPlan {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Gives the process an IPC channel, whose end tells it that its supervisor is gone. */
  readonly ipc: boolean;
}

/** What a supervisor wants to hear from its processes. */
export interface ProcessListener {
  onLine(name: string, line: string): void;
  onStart(name: string): void;
  /** @param delayMs until it is started again */
  onCrash(name: string, how: string, delayMs: number): void;
}

/** How long a process may take to end after SIGTERM. */
export const STOP_DEADLINE_MS = 10_000;

/**
 * A process that is started again whenever it ends, until it is stopped. It leads a session and a process group of its
 * own: Ctrl-C on the terminal reaches the supervisor alone, and what the process started dies with it.
 */
export class ManagedProcess {
  private child: ChildProcess | undefined;
  private running: ProcessIdentity | undefined;
  private gone: Promise<void> = Promise.resolve();
  private restart: NodeJS.Timeout | undefined;
  private stopped = false;
  private ends = 0;

  constructor(
    readonly plan: ProcessPlan,
    private readonly listener: ProcessListener,
    private readonly stopDeadlineMs = STOP_DEADLINE_MS,
  ) {}

  get name(): string {
    return this.plan.name;
  }

  /** The process that runs now, if one does. */
  get identity(): ProcessIdentity | undefined {
    return this.running;
  }

  start(): void {
    const { name, command, args, env, ipc } = this.plan;
    const begun = performance.now();
    const stdio = ipc ? (['ignore', 'pipe', 'pipe', 'ipc'] as const) : (['ignore', 'pipe', 'pipe'] as const);
    const child = spawn(command, args, { env, detached: true, stdio: [...stdio] });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', line => this.listener.onLine(name, line));
    }
    this.gone = new Promise(resolve => {
      child.once('error', error => {
        // Also emitted where a signal or a message could not be delivered; only a failed start ends here.
        if (child.pid !== undefined) return;
        this.ended(error.message, performance.now() - begun);
        resolve();
      });
      child.once('exit', (code, signal) => {
        // What it started and left behind must not outlive it.
        if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
        this.ended(signal ?? `exit code ${code}`, performance.now() - begun);
        resolve();
      });
    });
    this.running = child.pid === undefined ? undefined : identify(child.pid);
    this.listener.onStart(name);
  }

  /** Asks the process to end, kills it when it has not after the deadline, and settles when it is gone. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.restart);
    this.child?.kill('SIGTERM');
    const late = setTimeout(() => this.kill(), this.stopDeadlineMs);
    await this.gone;
    clearTimeout(late);
  }

  /** Ends the process and all it started at once. */
  kill(): void {
    this.stopped = true;
    clearTimeout(this.restart);
    if (this.child?.pid !== undefined && this.child.exitCode === null && this.child.signalCode === null) {
      signalGroup(this.child.pid, 'SIGKILL');
    }
  }

  private ended(how: string, ranForMs: number): void {
    this.child = undefined;
    this.running = undefined;
    if (this.stopped) return;
    const before = endsBefore(this.ends, ranForMs);
    this.ends = before + 1;
    const delay = restartDelay(before);
    this.listener.onCrash(this.name, how, delay);
    this.restart = setTimeout(() => this.start(), delay);
  }
}
