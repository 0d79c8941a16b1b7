import type { IncomingHttpHeaders } from 'node:http';

/**
 * The token of a request for a socket (RFC 6750): from `Authorization: Bearer …`, or, since browsers can set no header
 * there, from `access_token` of the query. The header wins.
 */
export const bearerToken = (headers: IncomingHttpHeaders, query: URLSearchParams): string | undefined => {
  const [, token] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
  if (headers.authorization !== undefined) return token;
  return query.get('access_token') ?? undefined;
};
