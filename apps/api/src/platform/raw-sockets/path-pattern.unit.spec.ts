import { expect, it } from '@jest/globals';
import { pathPattern } from './path-pattern.js';

const replay = pathPattern('/api/v1/meetings/:id/replay');

it.each<[string, Record<string, string> | undefined]>([
  ['/api/v1/meetings/m1/replay', { id: 'm1' }],
  ['/api/v1/meetings/a%2Fb%20c/replay', { id: 'a/b c' }],
  ['/api/v1/meetings//replay', undefined],
  ['/api/v1/meetings/m1/m2/replay', undefined],
  ['/api/v1/meetings/m1/replay/', undefined],
  ['/x/api/v1/meetings/m1/replay', undefined],
  ['/api/v1/meetings/%E0%A4%A/replay', undefined],
  ['', undefined],
])('%s leads to %j', (path, params) => {
  expect(replay(path)).toEqual(params);
});

it('what stands for nothing else is taken as it is written', () => {
  expect(pathPattern('/a.b')('/a.b')).toEqual({});
  expect(pathPattern('/a.b')('/axb')).toBeUndefined();
  expect(pathPattern('/:one/:two')('/1/2')).toEqual({ one: '1', two: '2' });
});
