import { afterAll, expect, it } from '@jest/globals';
import { describedApi } from './described-api.js';
import { RunningApi } from './testing/running-api.js';

let api: RunningApi | undefined;
afterAll(() => api?.stop());

it('an api that is only described says of itself what a running one does', async () => {
  api = await RunningApi.start();
  const { body } = await api.withToken().get('/docs-json');
  expect(JSON.parse(JSON.stringify(await describedApi()))).toEqual(body);
});
