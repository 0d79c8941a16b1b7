export type Route =
  | { readonly page: 'home' }
  | { readonly page: 'meeting'; readonly ref: string }
  | { readonly page: 'unknown' };

/** What to show at a path of this site. */
export const routeOf = (pathname: string): Route => {
  if (pathname === '/' || pathname === '/index.html') return { page: 'home' };
  const ref = /^\/m\/([^/]+)\/?$/.exec(pathname)?.[1];
  if (ref === undefined) return { page: 'unknown' };
  try {
    return { page: 'meeting', ref: decodeURIComponent(ref) };
  } catch {
    return { page: 'unknown' };
  }
};

export const meetingPath = (ref: string): string => `/m/${encodeURIComponent(ref)}`;
