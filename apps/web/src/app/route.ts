export type Route =
  | { readonly page: 'home' }
  | { readonly page: 'meeting' | 'replay'; readonly ref: string }
  | { readonly page: 'unknown' };

/** What to show at a path of this site. */
export const routeOf = (pathname: string): Route => {
  if (pathname === '/' || pathname === '/index.html') return { page: 'home' };
  const [, folder, ref] = /^\/(m|replay)\/([^/]+)\/?$/.exec(pathname) ?? [];
  if (ref === undefined) return { page: 'unknown' };
  try {
    return { page: folder === 'm' ? 'meeting' : 'replay', ref: decodeURIComponent(ref) };
  } catch {
    return { page: 'unknown' };
  }
};

export const meetingPath = (ref: string): string => `/m/${encodeURIComponent(ref)}`;

/** @param at position of the event after which to show the meeting; its beginning, or what goes on, when absent */
export const replayPath = (ref: string, at?: number): string =>
  `/replay/${encodeURIComponent(ref)}${at === undefined ? '' : `?at=${at}`}`;
