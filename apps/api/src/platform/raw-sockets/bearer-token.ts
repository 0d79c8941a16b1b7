import type { IncomingHttpHeaders } from 'node:http';

/**
 * The token of a request for a socket (RFC 6750): from `Authorization: Bearer …`, or, since browsers can set no header
 * there, from `access_token` of the query, which the meetings document calls `token`. The header wins.
 */
export const bearerToken = (headers: IncomingHttpHeaders, query: URLSearchParams): string | undefined => {
  const [, token] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
  if (headers.authorization !== undefined) return token;
  return query.get('access_token') ?? query.get('token') ?? undefined;
};
