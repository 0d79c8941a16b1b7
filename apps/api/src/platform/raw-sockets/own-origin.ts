import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a request for a socket comes from a page of this server, or from no page at all: browsers let any page open a
 * socket to anywhere, and say where the page is from; programs say nothing.
 * @param publicUrl where browsers reach this server; the host that the request names is allowed as well
 */
export const isOwnOrigin = ({ origin, host }: IncomingHttpHeaders, publicUrl: string): boolean => {
  if (origin === undefined) return true;
  // `null` of a sandboxed page or a file.
  if (!URL.canParse(origin)) return false;
  const page = new URL(origin);
  return page.origin === new URL(publicUrl).origin || page.host === host?.toLowerCase();
};
