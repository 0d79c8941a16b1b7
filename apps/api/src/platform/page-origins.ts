import type { IncomingHttpHeaders } from 'node:http';
import { DomainError } from '#libs/domain';
import type { Logger } from './logger.js';

/** Sites that the log tells of; whoever makes up more is not to fill it. */
const MOST_TOLD = 20;
/** Characters of an origin that the log shows. */
const LONGEST_SHOWN = 200;

export interface PageOriginsOptions {
  /** Where browsers reach this server; the host that a request names is allowed as well. */
  readonly publicUrl: string;
  /** Origins of other sites that may, such as `https://app.example.org`. */
  readonly allowed: readonly string[];
  readonly logger: Logger;
}

/** The refusal of a page that is not admitted: it names the settings that would let it in. */
export const foreignPage = (): DomainError =>
  new DomainError(
    'INSUFFICIENT_PERMISSION',
    { origin: 'is neither that of this server (PARLEY_PUBLIC_URL) nor one of PARLEY_ALLOWED_ORIGINS' },
    'Pages of other sites are let in only where PARLEY_ALLOWED_ORIGINS names them',
  );

/**
 * Which pages may use this server: its own, and those of the sites that the settings name. Browsers say where a page is
 * from (`Origin`, RFC 6454), programs say nothing.
 */
export class PageOrigins {
  private readonly own: string;
  private readonly allowed: ReadonlySet<string>;
  private readonly logger: Logger;
  private readonly told = new Set<string>();

  constructor({ publicUrl, allowed, logger }: PageOriginsOptions) {
    this.own = new URL(publicUrl).origin;
    this.allowed = new Set(allowed);
    this.logger = logger;
  }

  /** Whether it is the origin of another site that is let in. */
  allows(origin: string | undefined): boolean {
    return origin !== undefined && this.allowed.has(origin);
  }

  /** Whether a request is from a page that may, or from no page. The log tells of a site that may not, once. */
  admits({ origin, host }: IncomingHttpHeaders): boolean {
    if (origin === undefined || this.allows(origin) || this.isOwn(origin, host)) return true;
    // Only a well-formed one is plain ASCII, and harmless on a terminal.
    this.tell((URL.canParse(origin) ? new URL(origin).origin : 'null').slice(0, LONGEST_SHOWN));
    return false;
  }

  private isOwn(origin: string, host: string | undefined): boolean {
    // `null` of a sandboxed page or a file.
    if (!URL.canParse(origin)) return false;
    const page = new URL(origin);
    return page.origin === this.own || page.host === host?.toLowerCase();
  }

  private tell(origin: string): void {
    if (this.told.has(origin) || this.told.size >= MOST_TOLD) return;
    this.told.add(origin);
    const cure =
      origin === 'null'
        ? 'pages that belong to no site (in a sandbox, from a file) are not let in: serve them from a site'
        : `pages of ${origin} are not let in: name it in PARLEY_ALLOWED_ORIGINS, or, if it is this server itself, in PARLEY_PUBLIC_URL`;
    this.logger.warn({ origin }, cure);
  }
}
