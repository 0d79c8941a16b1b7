import { MAX_PARTICIPANTS } from '../session/security-policy.js';

/** How many people are meant by what was typed; undefined where it is no such number. */
export const limitOf = (typed: string): number | undefined => {
  const limit = typed.trim() === '' ? NaN : Number(typed);
  return Number.isInteger(limit) && limit >= 1 && limit <= MAX_PARTICIPANTS ? limit : undefined;
};

/** Of DNS, two labels at least. */
const DOMAIN = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** The domain of `example.com`, `@example.com`, `ada@example.com` or `https://example.com/x`, in ASCII and lower case. */
const domainOf = (typed: string): string | undefined => {
  const name = typed.replace(/^[a-z]+:\/\//i, '').replace(/^[^@/]*@/, '');
  try {
    // A browser's own way of writing names of other scripts in ASCII (`xn--…`).
    const { hostname } = new URL(`http://${name}`);
    const domain = hostname.replace(/\.$/, '');
    return DOMAIN.test(domain) && !/^[\d.]+$/.test(domain) ? domain : undefined;
  } catch {
    return undefined;
  }
};

export interface TypedDomains {
  /** Each once. */
  readonly domains: readonly string[];
  /** What is no domain, as it was typed. */
  readonly wrong: readonly string[];
}

/** One or more domains, apart by commas, semicolons or spaces. */
export const domainsOf = (typed: string): TypedDomains => {
  const found = typed
    .split(/[\s,;]+/)
    .filter(part => part !== '')
    .map(part => ({ part, domain: domainOf(part) }));
  return {
    domains: [...new Set(found.flatMap(({ domain }) => domain ?? []))],
    wrong: found.filter(({ domain }) => domain === undefined).map(({ part }) => part),
  };
};
