import { join } from 'node:path';
import { forTerminal } from './log-line.js';
import { ManagedProcess, type ProcessListener, type ProcessPlan } from './managed-process.js';
import { RotatingLog } from './rotating-log.js';
import { identify } from './process-identity.js';
import { removeRunRecord, writeRunRecord } from './run-record.js';

const inSeconds = (ms: number): string => (ms === 0 ? 'at once' : `in ${ms / 1000} s`);

/**
 * The processes of a running Parley. They are stopped in the order in which they serve each other: first the api, which
 * takes no more requests, then the workers, which finish what they have, then Redis.
 */
export class System {
  private readonly processes: ManagedProcess[] = [];
  private readonly logs = new Map<string, RotatingLog>();
  private stopping = false;

  /**
   * @param address where the api listens
   * @param say writes a line to the terminal
   */
  constructor(
    private readonly dataDir: string,
    private readonly address: string,
    private readonly say: (line: string) => void,
  ) {}

  start(plan: ProcessPlan): void {
    if (this.stopping) return;
    this.logs.set(plan.name, new RotatingLog(join(this.dataDir, 'logs', `${plan.name}.log`)));
    const managed = new ManagedProcess(plan, this.listener());
    this.processes.push(managed);
    managed.start();
  }

  /** Stops all processes in order and settles when none is left. */
  async stop(): Promise<void> {
    this.stopping = true;
    const [first, last] = ['api', 'redis'];
    await this.stopWhere(name => name === first);
    await this.stopWhere(name => name !== first && name !== last);
    await this.stopWhere(name => name === last);
    removeRunRecord(this.dataDir);
    for (const log of this.logs.values()) log.close();
    this.logs.clear();
  }

  /** Kills all processes at once. */
  kill(): void {
    this.stopping = true;
    for (const managed of this.processes) managed.kill();
  }

  private async stopWhere(wanted: (name: string) => boolean): Promise<void> {
    await Promise.all(this.processes.filter(({ name }) => wanted(name)).map(managed => managed.stop()));
  }

  private listener(): ProcessListener {
    return {
      onLine: (name, line) => {
        this.logs.get(name)?.write(line);
        // Redis explains itself at length, and all of it is in its log.
        const shown = name === 'redis' ? undefined : forTerminal(name, line);
        if (shown !== undefined) this.say(shown);
      },
      onStart: () => this.record(),
      onCrash: (name, how, delayMs) => {
        this.say(`${name} ended unexpectedly (${how}); it is started again ${inSeconds(delayMs)}.`);
      },
    };
  }

  private record(): void {
    const processes = this.processes.flatMap(({ name, identity }) =>
      identity ? [{ name, ...identity }] : [],
    );
    const supervisor = identify(process.pid) ?? { pid: process.pid, started: '' };
    writeRunRecord(this.dataDir, { supervisor, address: this.address, processes });
  }
}
