import { expect, it } from '@jest/globals';
import { meetingPath, replayPath, routeOf } from './route.js';

it.each([
  ['/', { page: 'home' }],
  ['/index.html', { page: 'home' }],
  ['/m/calm-heron-42', { page: 'meeting', ref: 'calm-heron-42' }],
  ['/m/calm-heron-42/', { page: 'meeting', ref: 'calm-heron-42' }],
  ['/m/b%C3%BCro', { page: 'meeting', ref: 'büro' }],
  ['/replay/calm-heron-42', { page: 'replay', ref: 'calm-heron-42' }],
  ['/replay/b%C3%BCro/', { page: 'replay', ref: 'büro' }],
  ['/replay/', { page: 'unknown' }],
  ['/replay/a/b', { page: 'unknown' }],
  ['/m/', { page: 'unknown' }],
  ['/m/a/b', { page: 'unknown' }],
  ['/m/%E0%A4%A', { page: 'unknown' }],
  ['/elsewhere', { page: 'unknown' }],
])('%s shows %p', (path, route) => expect(routeOf(path)).toEqual(route));

it('a path made for a name leads back to that name', () => {
  for (const ref of ['büro', 'a.b_c-d', '50%', 'a/b?c#d']) {
    expect(routeOf(meetingPath(ref))).toEqual({ page: 'meeting', ref });
    expect(routeOf(replayPath(ref))).toEqual({ page: 'replay', ref });
  }
});

it('a path to a moment names the position in its query', () => {
  expect(replayPath('büro', 12)).toBe('/replay/b%C3%BCro?at=12');
});
