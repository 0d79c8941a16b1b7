/** pino's number for "warn". */
const WARN = 40;
const LABELS: Readonly<Record<number, string>> = { 40: 'warn', 50: 'error', 60: 'fatal' };

interface LogRecord {
  readonly level: number;
  readonly msg?: string;
  readonly err?: { readonly message?: string };
}

const parse = (line: string): LogRecord | undefined => {
  if (!line.startsWith('{')) return undefined;
  try {
    const value = JSON.parse(line) as Partial<LogRecord>;
    return typeof value.level === 'number' ? (value as LogRecord) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

/** Node's own remarks on what runs in it, such as deprecations: for who develops it, in the log. */
const REMARK = /^\(node:\d+\) |^\(Use `node --trace-/;

/**
 * What of a line that a process wrote belongs on the terminal: warnings and errors of its structured log in short, and
 * whatever is no structured log, since that is how a runtime reports a crash. Nothing for the rest.
 */
export const forTerminal = (name: string, line: string): string | undefined => {
  if (line.trim() === '' || REMARK.test(line)) return undefined;
  const record = parse(line);
  if (!record) return `${name}: ${line}`;
  if (record.level < WARN) return undefined;
  const cause = record.err?.message;
  const said = [record.msg, cause === record.msg ? undefined : cause].filter(Boolean).join(': ');
  return `${name} ${LABELS[record.level] ?? 'error'}: ${said}`;
};
