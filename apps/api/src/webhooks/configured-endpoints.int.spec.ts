import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ERASED } from '#libs/domain';
import { RunningApi } from '../testing/running-api.js';
import { until } from '../testing/until.js';
import { WebhookReceiver } from '../testing/webhook-receiver.js';

interface Endpoint {
  readonly endpoint_id: string;
  readonly url: string;
  readonly status: string;
  readonly secret?: string;
  readonly [field: string]: unknown;
}
const PATH = '/api/v1/webhooks';
const LOOPBACK = { PARLEY_WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8' };

describe('webhooks by configuration', () => {
  let api: RunningApi | undefined;
  let receiver: WebhookReceiver | undefined;
  afterEach(async () => {
    await api?.stop();
    await receiver?.stop();
    [api, receiver] = [undefined, undefined];
  });

  const root = () => api!.as('root', { roles: ['admin'] });
  const list = async (): Promise<Endpoint[]> =>
    (await root().get<{ webhooks: Endpoint[] }>(PATH)).body.webhooks;
  /** As a start with another setting on the same data. */
  const restart = async (urls: string[]): Promise<void> => {
    await api!.close();
    Object.assign(api!.config.webhooks, { urls });
    await api!.open();
  };

  it('are there after the start, once, and gone when they are configured no more', async () => {
    receiver = await WebhookReceiver.start();
    const [one, two] = [receiver.url, 'https://hooks.example.org/two'];
    api = await RunningApi.start({ ...LOOPBACK, PARLEY_WEBHOOK_URLS: `${one},${two}` });
    const first = await list();
    expect(first.map(({ url }) => url).sort()).toEqual([one, two].sort());
    expect(first).toMatchObject([
      { configured: true, created_by: 'system', status: 'enabled', format: 'meetings', events: [] },
      { configured: true },
    ]);
    const [known] = first.filter(({ url }) => url === one);
    const { body } = await root().get<Endpoint>(`${PATH}/${known?.endpoint_id}`);
    expect(body.secret).toMatch(/^whsec_/);
    const id = await api.meeting('ada');
    await until('the message', () => receiver!.events(id).includes('meeting.started'));

    const removal = await root().send(`${PATH}/${known?.endpoint_id}`, { method: 'DELETE' });
    expect(removal).toMatchObject({ status: 400, body: { error: { code: 'VALIDATION_FAILED' } } });

    await restart([one]);
    expect(await list()).toMatchObject([{ url: one, endpoint_id: known?.endpoint_id }]);
    await restart([]);
    expect(await list()).toEqual([]);
    await restart([one]);
    expect(await list()).toMatchObject([{ url: one, endpoint_id: known?.endpoint_id }]);
    const again = await root().get<Endpoint>(`${PATH}/${known?.endpoint_id}`);
    expect(again.body.secret).not.toBe(body.secret);
    expect(api.log.errors).toEqual([]);
  }, 60_000);

  it('that administrators made stay whatever is configured', async () => {
    api = await RunningApi.start({ PARLEY_WEBHOOK_URLS: 'https://hooks.example.org/configured' });
    await root().post(PATH, { url: 'https://hooks.example.org/made' });
    await restart([]);
    expect((await list()).map(({ url }) => url)).toEqual(['https://hooks.example.org/made']);
  }, 60_000);

  it('that could never be reached are told of in the log and keep nobody from starting', async () => {
    api = await RunningApi.start({ PARLEY_WEBHOOK_URLS: 'http://127.0.0.1:1/secret-path' });
    expect(await list()).toEqual([]);
    const warning = api.log.lines.find(({ msg }) => msg?.includes('PARLEY_WEBHOOK_URLS'));
    expect(warning).toBeDefined();
    expect(JSON.stringify(api.log.lines)).not.toContain('secret-path');
  }, 60_000);

  it('are not sent where PARLEY_WEBHOOKS is off, nor queued; the endpoints are known all the same', async () => {
    receiver = await WebhookReceiver.start();
    api = await RunningApi.start({ ...LOOPBACK, PARLEY_WEBHOOKS: 'off' });
    const made = await root().post<Endpoint>(PATH, { url: receiver.url });
    const path = `${PATH}/${made.body.endpoint_id}`;
    await api.meeting('ada');
    expect(await list()).toMatchObject([{ status: 'enabled', pending: 0 }]);
    expect((await root().get<{ deliveries: [] }>(`${path}/deliveries`)).body.deliveries).toEqual([]);
    expect((await root().post(`${path}/redeliver`, { from_position: 0 })).status).toBe(503);
    expect((await root().post(`${path}/test`)).body).toMatchObject({ delivered: true });
    expect(receiver.events()).toEqual(['webhook.test']);
  }, 60_000);
});

describe('somebody’s words in webhooks', () => {
  it('are kept in no file of their own, and once they are erased they are sent no more', async () => {
    const receiver = await WebhookReceiver.start();
    const api = await RunningApi.start(LOOPBACK);
    const root = api.as('root', { roles: ['admin'] });
    const made = await root.post<Endpoint>(PATH, { url: receiver.url, events: ['chat.message'] });
    const id = await api.meeting('ada');
    await api.as('ada').post(`/api/v1/meetings/${id}/join`, {});
    await api.as('ada').post(`/api/v1/meetings/${id}/chat`, { content: 'the engine weaves' });
    const heard = await until('the message', () => receiver.received[0]);
    expect(heard.json.data).toMatchObject({ content: 'the engine weaves' });
    const files = readdirSync(api.config.dataDir).filter(name => name.startsWith('webhooks.db'));
    expect(files).toContain('webhooks.db');
    for (const file of files) {
      expect(readFileSync(join(api.config.dataDir, file)).includes('the engine weaves')).toBe(false);
    }
    await root.send('/api/v1/users/ada', { method: 'DELETE' });
    await root.post(`${PATH}/${made.body.endpoint_id}/redeliver`, { from_position: 0 });
    const again = await until('the message again', () => receiver.received[1]);
    expect(again.id).toBe(heard.id);
    expect(again.json.data).toMatchObject({ content: ERASED, sender_id: 'ada' });
    await api.stop();
    await receiver.stop();
    expect(api.log.errors).toEqual([]);
  }, 60_000);
});
