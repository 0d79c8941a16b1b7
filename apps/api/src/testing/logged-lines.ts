import { pino, type Logger } from 'pino';

export interface LoggedLine {
  readonly level: number;
  readonly msg?: string;
  readonly [field: string]: unknown;
}

const ERROR = 50;

/** A logger that keeps its lines, so that a test can say what must be, and what must not be, among them. */
export class LoggedLines {
  readonly lines: LoggedLine[] = [];
  readonly logger: Logger = pino(
    { level: 'debug' },
    { write: (text: string) => void this.lines.push(JSON.parse(text) as LoggedLine) },
  );

  /** What went wrong in the api itself; a refused request is not among it. */
  get errors(): LoggedLine[] {
    return this.lines.filter(line => line.level >= ERROR);
  }
}
