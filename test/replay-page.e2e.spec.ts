import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { EventLog } from '#libs/event-log';
import { EVENT_LOG } from '../apps/api/src/platform/log-follower.js';
import { RunningApi } from '../apps/api/src/testing/running-api.js';
import { STANDUP, tellTeamStandup } from './system/team-standup.js';
import { ToldMeeting } from './system/told-meeting.js';

describe('the replay page in Chromium', () => {
  let api: RunningApi;
  let log: EventLog;
  let standup: ToldMeeting;
  let browser: Browser;
  /** What pages said on their consoles as errors, but for requests that are to be refused. */
  const faults: string[] = [];

  beforeAll(async () => {
    api = await RunningApi.start();
    log = api.part<EventLog>(EVENT_LOG);
    standup = await tellTeamStandup(log);
    browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
    });
  }, 60_000);
  afterEach(async () => {
    await Promise.all(browser.contexts().map(context => context.close()));
    expect(faults.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await browser.close();
    await api.stop();
  }, 60_000);

  const analyst = (): string => api.token('ana', { roles: ['analyst'] });
  const open = async (path: string, token?: string, options: BrowserContextOptions = {}): Promise<Page> => {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      locale: 'en-GB',
      timezoneId: 'UTC',
      ...options,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.on('pageerror', error => faults.push(error.message));
    page.on('console', message => {
      const text = message.text();
      if (message.type() === 'error' && !text.startsWith('Failed to load resource')) faults.push(text);
    });
    await page.goto(`${api.address}${path}${token === undefined ? '' : `#token=${token}`}`);
    return page;
  };
  const at = (key: string, told = standup): string =>
    `/replay/${told.meetingId}?at=${told.positions.get(key)}`;
  const replay = async (
    path: string,
    token = analyst(),
    options: BrowserContextOptions = {},
  ): Promise<Page> => {
    const page = await open(path, token, options);
    await page.getByTestId('replay').waitFor();
    return page;
  };
  const people = (page: Page): Promise<string[]> => page.getByTestId('replay-person').allInnerTexts();
  const person = (page: Page, name: string) => page.getByTestId('replay-person').filter({ hasText: name });
  const peopleCount = (page: Page, count: number): Promise<unknown> =>
    page.getByRole('heading', { name: `People ${count}` }).waitFor();
  const panel = (page: Page, id: string): Promise<string> => page.getByTestId(`panel-${id}`).innerText();
  const meaning = (page: Page): Promise<string | null> =>
    page.getByTestId('replay-slider').getAttribute('aria-valuetext');
  const meant = (page: Page, text: string): Promise<unknown> =>
    page.locator(`[data-testid=replay-slider][aria-valuetext="${text}"]`).waitFor();
  const current = (page: Page): Promise<string> =>
    page.locator('[role=option][aria-selected=true]').innerText();

  it('shows who was in with which role, hand, microphone, camera and screen at three moments', async () => {
    const early = await replay(at('edsger waits'));
    expect((await people(early)).map(text => text.split('\n').slice(1, 3).join(', '))).toEqual([
      'Ada Lovelace, Host · desktop',
      'Grace Hopper, Attendee · desktop',
    ]);
    expect(await early.getByTestId('replay-waiting').innerText()).toContain('Edsger Dijkstra');
    expect(await panel(early, 'recording')).toContain('Nothing is recorded');

    const middle = await replay(at('edsger muted'));
    const grace = person(middle, 'Grace Hopper');
    expect(await grace.innerText()).toContain('Co-host');
    expect(await grace.getByRole('img', { name: 'Hand raised' }).count()).toBe(0);
    const edsger = person(middle, 'Edsger Dijkstra');
    await edsger.getByRole('img', { name: 'Muted' }).waitFor();
    await edsger.getByRole('img', { name: 'Camera on' }).waitFor();
    expect([await edsger.getAttribute('data-new'), await grace.getAttribute('data-new')]).toEqual([
      'true',
      'false',
    ]);
    expect(await panel(middle, 'recording')).toMatch(/Recording for 0:02:3\d\s+3 tracks/u);
    expect(await panel(middle, 'media')).toContain('media-1');

    const late = await replay(at('screen shared'));
    await person(late, 'Grace Hopper').getByRole('img', { name: 'Shares the screen' }).waitFor();
    await late.getByTestId('replay-events').focus();
    await late.keyboard.press('End');
    await peopleCount(late, 0);
    expect(await panel(late, 'recording')).toContain('Ready, 0:12:00 long');
    expect(await panel(late, 'media')).toContain('media-2');
    expect(await panel(late, 'meeting')).toMatch(/Status\s+Ended/u);
  }, 60_000);

  it('shows who was in which breakout room, until they are closed, and what was allowed', async () => {
    const before = await replay(at('screen shared'));
    expect(await before.getByTestId('panel-breakout').count()).toBe(0);
    expect(await panel(before, 'policy')).toMatch(/Chat\s+everybody/u);

    const page = await replay(at('barbara in blue'));
    const room = async (name: string): Promise<string> =>
      (await page.locator(`[data-testid=replay-room][data-room="${name}"]`).innerText()).replace(
        /\s+/gu,
        ' ',
      );
    expect(await room('Main room')).toContain('Ada Lovelace');
    expect(await room('Red team')).toMatch(/Red team 1 .*Edsger Dijkstra$/u);
    expect(await room('Blue team')).toMatch(/Blue team 1 .*Barbara Liskov came in$/u);
    expect(await panel(page, 'breakout')).toContain('close in 0:02:00');
    expect(await panel(page, 'policy')).toMatch(/Locked\s+yes/u);
    expect(await panel(page, 'policy')).toMatch(/Chat\s+host and co-hosts/u);
    await page.getByRole('button', { name: 'Next event' }).click();
    await page.getByTestId('panel-breakout').waitFor({ state: 'detached' });
  }, 90_000);

  it('a hand that is up is shown, and gone a moment later', async () => {
    const page = await replay(at('hand raised'));
    const hand = person(page, 'Grace Hopper').getByRole('img', { name: 'Hand raised' });
    await hand.waitFor();
    expect(await page.getByTestId('replay-now').innerText()).toContain('Grace Hopper raised a hand');
    expect(await current(page)).toContain('Grace Hopper raised a hand');
    await page.getByRole('button', { name: 'Next event' }).click();
    await hand.waitFor({ state: 'detached' });
  }, 90_000);

  it('can be used with the keyboard alone', async () => {
    const page = await replay(`/replay/${STANDUP}`);
    const focused = (): Promise<string> => page.evaluate<string>('document.activeElement.dataset.testid');
    for (let presses = 0; (await focused()) !== 'replay-slider'; presses++) {
      if (presses > 10) throw new Error('The slider cannot be reached by Tab');
      await page.keyboard.press('Tab');
    }
    await meant(page, '−24:00:00, Ada Lovelace created the meeting “Team Standup”');
    await page.keyboard.press('ArrowRight');
    await meant(page, '0:00:00, Ada Lovelace started the meeting');
    await page.keyboard.press('End');
    await meant(page, '0:20:00, Ada Lovelace ended the meeting');
    await page.keyboard.press('PageDown');
    await meant(page, '0:17:58, Recording ready: 720.0 s, 1280×720, 91.2 MB');
    await page.keyboard.press('ArrowLeft');
    await meant(page, '0:15:15, Recording processed to 40 %');
    await page.keyboard.press('Home');
    await meant(page, '−24:00:00, Ada Lovelace created the meeting “Team Standup”');

    await page.keyboard.press('?');
    await page.getByTestId('replay-keys').waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('replay-keys').waitFor({ state: 'detached' });

    await page.getByTestId('replay-events').focus();
    for (const key of ['j', 'ArrowDown', 'j', 'k']) await page.keyboard.press(key);
    await meant(page, '0:00:01, Media placed on worker media-1');
    expect(await current(page)).toContain('Media placed');
    const active = await page.getByTestId('replay-events').getAttribute('aria-activedescendant');
    expect(await page.locator(`#${active}`).innerText()).toContain('Media placed');
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Play' }).waitFor();
  }, 60_000);

  it('plays by itself, a thousand times as fast, to the end and no further', async () => {
    const page = await replay(at('hand raised'));
    await page.getByRole('radio', { name: '1000×' }).check();
    await page.getByTestId('replay-play').click();
    await meant(page, '0:20:00, Ada Lovelace ended the meeting');
    await page.getByRole('button', { name: 'Play' }).waitFor();
    await peopleCount(page, 0);
  }, 90_000);

  it('choosing an event moves the slider; kinds and words narrow the list, and steps go by what is listed', async () => {
    const page = await replay(`/replay/${STANDUP}`);
    const rows = page.getByRole('option');
    await page.getByRole('button', { name: 'Incidents 2' }).click();
    await rows.filter({ hasText: 'Media moved from worker media-1 to worker media-2' }).click();
    await meant(page, '0:10:00, Media moved from worker media-1 to worker media-2');
    await page.getByRole('button', { name: 'Next event' }).click();
    await meant(page, '0:13:20, Barbara Liskov left: the connection was lost');
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByTestId('replay-search').fill('recording barbara');
    await page.getByText(/^0 of \d+ events$/u).waitFor();
    await page.getByTestId('replay-search').fill('barbara joined');
    await rows.first().waitFor();
    expect(await rows.allInnerTexts()).toEqual([
      expect.stringContaining('Barbara Liskov joined as attendee'),
    ]);
  }, 90_000);

  it('the event as the log holds it is at hand, without the password of the meeting', async () => {
    const page = await replay(`/replay/${STANDUP}`);
    await page.getByTestId('replay-details').locator('summary').click();
    const json = await page.getByTestId('replay-details').locator('pre').innerText();
    expect(JSON.parse(json)).toMatchObject({
      type: 'MeetingCreated',
      stream: `meeting-${STANDUP}`,
      data: { title: 'Team Standup', settings: { waitingRoomEnabled: true } },
    });
    expect(json).not.toContain('scrypt');
  }, 90_000);

  it('nobody sees a private message of others: neither the analyst nor the host', async () => {
    const asAnalyst = await replay(at('moved'));
    expect((await asAnalyst.getByTestId('replay-message').allInnerTexts()).length).toBe(2);
    expect(await asAnalyst.getByTestId('panel-chat').innerText()).toMatch(/Chat\s+2/u);
    const asHost = await replay(at('moved'), api.token('ada'));
    expect((await asHost.getByTestId('replay-message').last().innerText()).replace(/\s+/gu, ' ')).toMatch(
      /^Ada Lovelace privately to Grace Hopper .* Grace, you are next$/u,
    );
    for (const page of [asAnalyst, asHost]) {
      await page.getByTestId('replay-search').fill('between');
      await page.getByText(/^0 of \d+ events$/u).waitFor();
      expect(await page.content()).not.toContain('he talks too long');
    }
  }, 90_000);

  it('a link to a moment leads there, and says so when there is no such moment', async () => {
    const page = await replay(at('moved'), analyst(), { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByTestId('replay-events').focus();
    await page.keyboard.press('k');
    await page.getByTestId('replay-share').click();
    await page.getByText('Link to this moment copied.').waitFor();
    const link = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(link).toMatch(new RegExp(`^${api.address}/replay/${STANDUP}\\?at=\\d+$`, 'u'));
    const before = await meaning(page);
    expect(await meaning(await replay(link.slice(api.address.length)))).toBe(before);
    const lost = await replay(`/replay/${STANDUP}?at=soon`);
    await lost.getByText('The link names no moment').waitFor();
  }, 90_000);

  const refusal = async (page: Page): Promise<string | null> => {
    await page.getByTestId('replay-refusal').waitFor();
    return page.getByTestId('replay-refusal').getAttribute('data-kind');
  };

  it('who has not the role is refused, and gets in with a token that has it, kept in this tab alone', async () => {
    const page = await open(`/replay/${STANDUP}`, api.token('grace'));
    expect(await refusal(page)).toBe('not-allowed');
    await page.getByTestId('token-input').fill('what is a token?');
    await page.getByTestId('token-submit').click();
    await page.getByText('This is no token').waitFor();
    const token = analyst();
    await page.getByTestId('token-input').fill(`Bearer ${token}\n`);
    await page.keyboard.press('Enter');
    await page.getByTestId('replay').waitFor();
    const kept = await page.evaluate<string[]>(
      '[JSON.stringify(localStorage), JSON.stringify(sessionStorage), location.href]',
    );
    expect(kept.map(text => text.includes(token))).toEqual([false, true, false]);
    await page.reload();
    await page.getByTestId('replay').waitFor();
  }, 90_000);

  it.each([
    ['no token', undefined, 'no-token'],
    ['a token of another server', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbmEifQ.c2lnbmF0dXJl', 'bad-token'],
  ])(
    'with %s it asks for one and says how to make it',
    async (_what, token, kind) => {
      const page = await open(`/replay/${STANDUP}`, token);
      expect(await refusal(page)).toBe(kind);
      await page.getByText('npm run --silent parley -- token --sub ana --name Ana --role analyst').waitFor();
    },
    90_000,
  );

  it.each(['01JD8Z6K3W5QXN7T2M4R9VZZZZ', 'no-such-room', '-broken', 'toString'])(
    'an unknown meeting, %s, is said to be unknown, and none is made',
    async ref => {
      const page = await open(`/replay/${ref}`, analyst());
      expect(await refusal(page)).toBe('unknown-meeting');
      await page.getByRole('link', { name: 'To the start page' }).waitFor();
      expect((await api.as('ana').get(`/api/v1/rooms/${ref}`)).status).not.toBe(200);
    },
    90_000,
  );

  it('a server that is gone is said to be gone, and asked again on wish', async () => {
    const page = await open('/');
    await page.route('**/api/**', route => route.abort('connectionrefused'));
    await page.goto(`${api.address}/replay/${STANDUP}#token=${analyst()}`);
    expect(await refusal(page)).toBe('unreachable');
    await page.unroute('**/api/**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByTestId('replay').waitFor();
  }, 90_000);

  it('a meeting that runs goes on live, found by its room and shown to its host', async () => {
    const room = await api.as('ada').put<{ meeting_id: string }>('/api/v1/rooms/live-one', {});
    const told = new ToldMeeting(log, room.body.meeting_id, Date.now());
    const page = await replay('/replay/live-one', api.token('ada'));
    expect(await page.getByTestId('replay-live').getAttribute('aria-pressed')).toBe('true');
    await told.joins(1, 'ada', 'Ada Lovelace', 'host');
    await person(page, 'Ada Lovelace').waitFor();
    await page.getByRole('button', { name: 'To the start' }).click();
    await page.locator('[data-testid=replay-live][aria-pressed=false]').waitFor();
    await told.joins(2, 'grace', 'Grace Hopper');
    await page.getByRole('option').filter({ hasText: 'Grace Hopper joined' }).waitFor();
    expect(await people(page)).toEqual([]);
    await page.getByTestId('replay-live').click();
    await person(page, 'Grace Hopper').waitFor();
    await told.meeting(3, 'ada', 'MeetingEnded', { endedBy: 'ada' }, 'endedAt');
    await peopleCount(page, 0);
    await page.getByTestId('replay-live').waitFor({ state: 'detached' });
  }, 60_000);

  it('a long meeting is fetched page by page, and only the rows in sight are drawn', async () => {
    const told = new ToldMeeting(log, '01JD8Z6K3W5QXN7T2M4R9BGBGB', Date.parse('2026-11-20T09:00:00.000Z'));
    await told.meeting(0, 'ada', 'MeetingStarted', { startedBy: 'ada' }, 'startedAt');
    await Promise.all(
      Array.from({ length: 12_000 }, (_, n) => told.writes(n, 'ada', 'Ada Lovelace', `Message ${n}`)),
    );
    const page = await open('/');
    const progress = Promise.withResolvers<void>();
    await page.route('**/events?after=*', async route => {
      if (!route.request().url().includes('after=-1&')) await progress.promise;
      await route.continue();
    });
    await page.goto(`${api.address}/replay/${told.meetingId}#token=${analyst()}`);
    await page.getByText(/^[1-9][\d,]* events so far$/u).waitFor();
    progress.resolve();
    await page.getByTestId('replay').waitFor({ timeout: 60_000 });
    await page.getByTestId('replay-events').focus();
    await page.keyboard.press('End');
    await page.getByRole('option').filter({ hasText: 'Message 11999' }).waitFor();
    expect(await panel(page, 'chat')).toMatch(/Chat\s+12000/u);
    expect(await page.getByRole('option').count()).toBeLessThan(60);
    expect(await page.getByRole('option').last().getAttribute('aria-setsize')).toBe('12001');
  }, 90_000);

  it.each(['light', 'dark'] as const)(
    'on a phone in the %s nothing is wider than the screen, and both halves are one touch away',
    async colorScheme => {
      const phone = { viewport: { width: 360, height: 740 }, colorScheme, isMobile: true, hasTouch: true };
      const page = await replay(at('edsger muted'), analyst(), phone);
      const wide = (): Promise<number> => page.evaluate<number>('document.documentElement.scrollWidth');
      expect(await wide()).toBe(360);
      await person(page, 'Edsger Dijkstra').waitFor();
      expect(await page.getByTestId('replay-events').isVisible()).toBe(false);
      await page.getByRole('button', { name: 'Events', exact: true }).tap();
      await page.getByRole('option').filter({ hasText: 'Ada Lovelace muted Edsger' }).waitFor();
      expect([await wide(), await person(page, 'Edsger Dijkstra').isVisible()]).toEqual([360, false]);
      const paper = await page.evaluate<string>('getComputedStyle(document.documentElement).backgroundColor');
      expect(paper).toBe(colorScheme === 'dark' ? 'rgb(17, 21, 27)' : 'rgb(244, 241, 234)');
    },
    90_000,
  );

  it('a host finds it behind the end of the meeting, with no token but that of the meeting', async () => {
    const page = await open('/m/farewell?name=Ada&autojoin=1&microphone=0&camera=0');
    await page.getByTestId('leave-button').waitFor();
    const token = await page.evaluate<string>("sessionStorage.getItem('parley.token')");
    const room = await api.withToken(token).get<{ meeting_id: string }>('/api/v1/rooms/farewell');
    await api.withToken(token).post(`/api/v1/meetings/${room.body.meeting_id}/end`);
    await page.getByRole('link', { name: 'See what happened' }).click();
    await page.getByRole('option').filter({ hasText: 'Ada joined as host' }).waitFor();
  }, 90_000);
});
