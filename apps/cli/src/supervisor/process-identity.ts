import { readFileSync } from 'node:fs';

/** A process for good: its number may be given to another one later, its number and start never. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks from the machine's start to the process's (proc(5), stat, field 22). */
  readonly started: string;
}

/**
 * Field 22 of /proc/PID/stat, unless field 3 says that the process has ended and waits for its parent to take note. The
 * second field, the name, may itself contain spaces and brackets.
 */
const startOf = (pid: number): string | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return undefined;
    throw error;
  }
};

/** @returns undefined where no such process lives, or the system has no /proc */
export const identify = (pid: number): ProcessIdentity | undefined => {
  const started = startOf(pid);
  return started === undefined ? undefined : { pid, started };
};

export const lives = ({ pid, started }: ProcessIdentity): boolean => startOf(pid) === started;
