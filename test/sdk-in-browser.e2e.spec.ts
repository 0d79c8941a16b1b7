import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';
import { BreakableNetwork } from '../apps/api/src/testing/breakable-network.js';
import { RunningApi } from '../apps/api/src/testing/running-api.js';
import type * as Sdk from '../sdks/js/src/index.js';
import { installSdk } from '../sdks/js/src/installed-sdk-for-tests.js';
import { FolderSite } from './system/folder-site.js';
import { until } from './system/until.js';

/** The page of docs/CLIENTS.md. */
const example = (apiUrl: string): string => {
  const [, page = ''] = /```html\n([^]*?)```/.exec(readFileSync('docs/CLIENTS.md', 'utf8')) ?? [];
  expect(page).toContain("apiUrl: 'http://127.0.0.1:8080'");
  return page.replace('http://127.0.0.1:8080', apiUrl);
};

/** What a page of this test has: the SDK as a bundler took it in, and what was made of it. */
interface PageGlobals {
  sdk: typeof Sdk;
  client: Sdk.MeetingClient;
  heard: string[];
}
declare const globalThis: PageGlobals & { fetch: typeof fetch };

/** An error as it can leave a page. */
interface Refused {
  readonly isMeetingError: boolean;
  readonly code: string;
  readonly status: number;
  readonly message: string;
  readonly details: Record<string, unknown>;
  readonly retryAfter?: number;
}

describe('the SDK for JavaScript in pages of another site, in Chromium', () => {
  let folder: string;
  let site: FolderSite;
  let foreign: FolderSite;
  let api: RunningApi;
  let network: BreakableNetwork;
  let browser: Browser;
  const faults: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'parley-pages-'));
    const app = installSdk(folder);
    mkdirSync(join(app, 'bundle'));
    writeFileSync(join(app, 'bundle/index.html'), '<script type="module" src="./main.js"></script>');
    writeFileSync(
      join(app, 'bundle/main.js'),
      "import * as sdk from '@parley/meeting-sdk';\nglobalThis.sdk = sdk;\n",
    );
    const vite = ['build', 'bundle', '--base', './', '--outDir', '../bundled', '--logLevel', 'error'];
    execFileSync(process.execPath, [resolve('node_modules/vite/bin/vite.js'), ...vite], {
      cwd: app,
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    site = await FolderSite.of(app);
    foreign = await FolderSite.of(app);
    api = await RunningApi.start({ PARLEY_ALLOWED_ORIGINS: `https://app.example.org,${site.origin}` });
    network = await BreakableNetwork.before(() => api.address);
    writeFileSync(join(app, 'index.html'), example(network.address));
    browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
    });
  }, 120_000);
  afterEach(async () => {
    await Promise.all(browser.contexts().map(context => context.close()));
    expect(faults.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await browser.close();
    await network.end();
    await api.stop();
    await site.close();
    await foreign.close();
    rmSync(folder, { recursive: true });
    expect(api.log.errors).toEqual([]);
  }, 120_000);

  const open = async (url: string): Promise<Page> => {
    const page = await (await browser.newContext()).newPage();
    page.on('pageerror', error => faults.push(error.message));
    await page.goto(url);
    return page;
  };
  /** A page with a client of a user, which keeps what it hears. */
  const clientOf = async (user: string, { origin } = site, maxRetries = 3): Promise<Page> => {
    const page = await open(`${origin}/bundled/index.html`);
    const token = api.token(user, { name: user });
    await page.evaluate(
      ([apiUrl, token, maxRetries]) => {
        // As a page may pass its own fetch, which browsers call on nothing but the window.
        const { fetch } = globalThis;
        globalThis.client = new globalThis.sdk.MeetingClient({ apiUrl, token, fetch, maxRetries });
        globalThis.heard = [];
        globalThis.client.on('chat', ({ data }) => globalThis.heard.push(data.content));
        globalThis.client.on('reaction', ({ userId }) => globalThis.heard.push(`reaction of ${userId}`));
        globalThis.client.on('reconnecting', () => globalThis.heard.push('reconnecting'));
      },
      [network.address, token, maxRetries] as const,
    );
    return page;
  };
  const enter = (page: Page, id: string): Promise<void> =>
    page.evaluate(async meeting => {
      await globalThis.client.joinMeeting(meeting);
      await globalThis.client.connect(meeting);
    }, id);
  const heardBy = (page: Page): Promise<string[]> => page.evaluate(() => globalThis.heard);
  const hears = (page: Page, what: string): Promise<unknown> =>
    until(`${what} is heard`, async () => (await heardBy(page)).includes(what));
  const say = (page: Page, id: string, content: string): Promise<unknown> =>
    page.evaluate(([meeting, content]) => globalThis.client.sendChatMessage(meeting, { content }), [
      id,
      content,
    ] as const);
  /** What the client throws when it is told to do this in a meeting. */
  const refusal = (
    page: Page,
    id: string,
    what: 'getMeetingStatus' | 'connect' | 'joinMeeting' | 'startRecording',
  ): Promise<Refused> =>
    page.evaluate(
      async ([meeting, what]) => {
        try {
          await globalThis.client[what](meeting);
        } catch (error) {
          const { code, status, message, details, retryAfter } = error as Sdk.MeetingError;
          const isMeetingError = error instanceof globalThis.sdk.MeetingError;
          return { isMeetingError, code, status, message, details, retryAfter };
        }
        throw new Error('It was not refused');
      },
      [id, what] as const,
    );

  it('the example of docs/CLIENTS.md is a chat of two pages', async () => {
    const id = await api.meeting('ada');
    const [ada, grace] = await Promise.all(
      ['ada', 'grace'].map(user => open(`${site.origin}/index.html#meeting=${id}&token=${api.token(user)}`)),
    );
    for (const page of [ada, grace]) await page!.locator('#form').waitFor();
    for (const [page, content] of [
      [ada, 'Hello!'],
      [grace, 'Hello to you, too'],
    ] as const) {
      await page!.locator('#content').fill(content);
      await page!.locator('#content').press('Enter');
      for (const one of [ada, grace]) await one!.locator('li', { hasText: content }).waitFor();
    }
    expect(await grace!.locator('li').allInnerTexts()).toEqual(['ada: Hello!', 'grace: Hello to you, too']);

    const stranger = await open(`${site.origin}/index.html#meeting=${id}&token=none`);
    await stranger.locator('#problem', { hasText: 'INVALID_TOKEN' }).waitFor();
  }, 120_000);

  it('pages hear each other, and a cut network costs them nothing and doubles nothing', async () => {
    const id = await api.meeting('ada');
    const [ada, grace] = [await clientOf('ada'), await clientOf('grace')];
    for (const page of [ada, grace]) await enter(page, id);
    await say(ada, id, 'from Ada');
    await hears(grace, 'from Ada');
    await say(grace, id, 'from Grace');
    await grace.evaluate(meeting => globalThis.client.sendReaction(meeting, 'thumbs_up'), id);
    for (const page of [ada, grace]) await hears(page, 'reaction of grace');

    network.cut();
    for (const page of [ada, grace]) await hears(page, 'reconnecting');
    const missed = Array.from({ length: 5 }, (_, number) => `missed ${number}`);
    for (const content of missed) {
      const { status } = await api.as('grace').post(`/api/v1/meetings/${id}/chat`, { content });
      expect(status).toBe(200);
    }
    network.mend();
    for (const page of [ada, grace]) await hears(page, 'missed 4');
    await say(ada, id, 'again');
    for (const page of [ada, grace]) {
      await hears(page, 'again');
      expect((await heardBy(page)).filter(one => one !== 'reconnecting')).toEqual([
        'from Ada',
        'from Grace',
        'reaction of grace',
        ...missed,
        'again',
      ]);
    }
  }, 120_000);

  it('refusals reach pages as they are documented', async () => {
    const id = await api.meeting('ada');
    const grace = await clientOf('grace');
    const none = { isMeetingError: true, code: 'MEETING_NOT_FOUND', status: 404 };
    expect(await refusal(grace, 'none', 'getMeetingStatus')).toMatchObject(none);
    expect(await refusal(grace, 'none', 'connect')).toMatchObject(none);
    expect(await refusal(grace, id, 'startRecording')).toMatchObject({ isMeetingError: true, status: 403 });
  }, 120_000);

  it('a page that asks too much is told its limit and until when, in the error and in headers it can read', async () => {
    const id = await api.meeting('ada');
    const barbara = await clientOf('barbara', site, 0);
    await enter(barbara, id);
    const refused = await barbara.evaluate(async meeting => {
      const send = () => globalThis.client.sendChatMessage(meeting, { content: 'x' });
      for (;;) {
        const answers = await Promise.allSettled(Array.from({ length: 61 }, send));
        const errors = answers.flatMap(one =>
          one.status === 'rejected' ? [one.reason as Sdk.MeetingError] : [],
        );
        const refusal = errors.find(error => error.status === 429);
        if (!refusal) continue;
        const { code, status, details, retryAfter } = refusal;
        return { code, status, details, retryAfter };
      }
    }, id);
    expect(refused).toMatchObject({
      code: 'RATE_LIMIT_EXCEEDED',
      status: 429,
      details: { limit: 60, window: 60, resetAt: expect.stringMatching(/^20.*Z$/) },
      retryAfter: expect.any(Number),
    });
    const shown = await barbara.evaluate(
      async ([url, token]) => {
        const { headers } = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
        return ['limit', 'remaining', 'reset'].map(one => Number(headers.get(`x-ratelimit-${one}`)));
      },
      [`${network.address}/api/v1/meetings/${id}/status`, api.token('barbara')] as const,
    );
    expect(shown.slice(0, 2)).toEqual([100, 99]);
    expect(shown[2]).toBeGreaterThan(1_700_000_000);
  }, 120_000);

  it('a page of a site that is not named gets nothing, and Parley logs what would let it in', async () => {
    const id = await api.meeting('ada');
    const eve = await clientOf('eve', foreign, 0);
    expect(await refusal(eve, id, 'joinMeeting')).toMatchObject({
      code: 'NETWORK_ERROR',
      status: 0,
      message: expect.stringMatching(`${foreign.origin}.*PARLEY_ALLOWED_ORIGINS`),
    });
    expect(await refusal(eve, id, 'connect')).toMatchObject({ code: 'NETWORK_ERROR', status: 0 });
    const { body } = await api.as('ada').get<{ data: unknown[] }>(`/api/v1/meetings/${id}/participants`);
    expect(body.data).toEqual([]);
    const told = api.log.lines.filter(({ origin }) => origin !== undefined);
    expect(told).toEqual([
      expect.objectContaining({
        origin: foreign.origin,
        msg: expect.stringContaining('PARLEY_ALLOWED_ORIGINS'),
      }),
    ]);
  }, 120_000);
});
