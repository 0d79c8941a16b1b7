import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type FakeDevice, makeFakeDevice, plainLook } from '../apps/cli/src/demo/fake-device.js';
import { ParticipantPage } from '../apps/cli/src/demo/participant-page.js';
import { RunningSystem } from '../bench/running-system.js';
import { decodesPicturesOf, tilesOn } from './system/pictures.js';
import { until } from './system/until.js';

describe('a host in Chromium', () => {
  let system: RunningSystem;
  let folder: string;
  let devices: readonly FakeDevice[];
  const pages: ParticipantPage[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'parley-devices-'));
    system = await RunningSystem.start();
    devices = [plainLook('red', 440), plainLook('lime', 660), plainLook('blue', 880)].map(look =>
      makeFakeDevice(folder, look),
    );
  }, 60_000);
  afterEach(async () => {
    await Promise.all(pages.splice(0).map(page => page.close()));
  });
  afterAll(async () => {
    await system.stop();
    rmSync(folder, { recursive: true });
  }, 60_000);

  const enter = async (where: string, name: string, token?: string): Promise<ParticipantPage> => {
    const device = devices[pages.length % devices.length] as FakeDevice;
    const page = await ParticipantPage.join(system.address, where, name, device, token);
    pages.push(page);
    return page;
  };
  const waits = ({ page }: ParticipantPage): Promise<unknown> => page.getByTestId('waiting-room').waitFor();
  const isIn = ({ page }: ParticipantPage): Promise<unknown> => page.getByTestId('control-bar').waitFor();
  const farewell = ({ page }: ParticipantPage, phase: string): Promise<unknown> =>
    page.locator(`[data-testid=farewell][data-phase=${phase}]`).waitFor();

  it('whoever knocks waits until the host lets them in, one or all, or sends them away', async () => {
    const host = system.token('ada', { name: 'Ada' });
    const { meeting_id: id } = await system.call<{ meeting_id: string }>('POST', '/api/v1/meetings', host, {
      title: 'Behind a door',
      settings: { waiting_room_enabled: true },
    });
    const ada = await enter(id, 'Ada', host);
    await isIn(ada);

    const grace = await enter(id, 'Grace');
    await waits(grace);
    await ada.page.getByRole('button', { name: 'Let Grace in' }).click();
    await isIn(grace);
    await decodesPicturesOf(grace, 1);
    await decodesPicturesOf(ada, 1);

    const [edsger, barbara] = [await enter(id, 'Edsger'), await enter(id, 'Barbara')];
    await waits(edsger);
    await waits(barbara);
    expect((await tilesOn(ada)).sort()).toEqual(['Ada', 'Grace']);
    await ada.page.getByTestId('admit-all-button').click();
    await isIn(edsger);
    await isIn(barbara);
    await ada.page.getByTestId('waiting-user').first().waitFor({ state: 'detached' });
    await until('all four are there', async () => (await tilesOn(ada)).length === 4);

    const alan = await enter(id, 'Alan');
    await waits(alan);
    await ada.page.getByRole('button', { name: 'Deny Alan' }).click();
    await farewell(alan, 'denied');
    await alan.page.getByRole('heading', { name: 'You were not let in' }).waitFor();
    expect((await tilesOn(ada)).sort()).toEqual(['Ada', 'Barbara', 'Edsger', 'Grace']);
  }, 300_000);

  it('whoever is removed sees why, is gone for the others, and comes back only when let in', async () => {
    const ada = await enter('kick', 'Ada');
    const grace = await enter('kick', 'Grace');
    const edsger = await enter('kick', 'Edsger');
    for (const page of [ada, grace, edsger]) await decodesPicturesOf(page, 2);

    await ada.page.getByTestId('participants-button').click();
    await ada.page.getByRole('button', { name: 'Actions for Grace' }).click();
    await ada.page.getByTestId('remove-participant').click();
    await ada.page.getByTestId('confirm-button').click();
    await farewell(grace, 'removed');
    await grace.page.getByRole('heading', { name: 'You were removed from the meeting' }).waitFor();
    for (const page of [ada, edsger]) {
      await page.page.getByTestId('tile').filter({ hasText: 'Grace' }).waitFor({ state: 'detached' });
      await decodesPicturesOf(page, 1);
      const heard = (await page.stats()).filter(({ kind }) => kind === 'audio');
      expect(heard).toHaveLength(1);
    }

    await grace.page.getByTestId('rejoin-button').click();
    await grace.page.getByTestId('prejoin-button').click();
    await grace.page.getByText('You were not let in.').waitFor();
    expect((await tilesOn(ada)).sort()).toEqual(['Ada', 'Edsger']);

    await ada.page.getByRole('button', { name: 'Let Grace join again' }).click();
    await ada.page.getByTestId('turned-away').waitFor({ state: 'detached' });
    await grace.page.getByTestId('prejoin-button').click();
    await isIn(grace);
    for (const page of [ada, grace, edsger]) await decodesPicturesOf(page, 2);
  }, 300_000);

  it('what the host switches off is off at once, said why, and can be had again when it is allowed again', async () => {
    const ada = await enter('policy', 'Ada');
    const grace = await enter('policy', 'Grace');
    await decodesPicturesOf(ada, 1);
    const policy = (key: string) => ada.page.getByTestId(`policy-${key}`);
    await ada.page.getByTestId('more-button').click();
    await ada.page.getByTestId('security-button').click();

    await policy('disable_camera').check();
    const camera = grace.page.getByTestId('camera-button');
    await grace.page.locator('[data-testid=camera-button][aria-disabled=true]').waitFor();
    const tile = (name: string) => ada.page.locator('[data-testid=tile]').filter({ hasText: name });
    await tile('Grace').and(ada.page.locator('[data-video=false]')).waitFor();
    await decodesPicturesOf(ada, 0);
    // A click on what is blocked says why.
    await camera.click({ force: true });
    await grace.page.getByText('The host has switched cameras off').first().waitFor();
    expect(await tile('Ada').getAttribute('data-video')).toBe('true');

    await policy('chat_permissions').selectOption('host');
    await grace.page.getByTestId('chat-button').click();
    await grace.page.getByTestId('chat-blocked').waitFor();
    await policy('chat_permissions').selectOption('all');
    await grace.page.getByTestId('chat-input').waitFor();

    await policy('disable_camera').uncheck();
    await grace.page.locator('[data-testid=camera-button]:not([aria-disabled])').waitFor();
    await camera.click();
    await decodesPicturesOf(ada, 1);

    await policy('lock_meeting').check();
    await grace.page.getByTestId('lock-badge').waitFor();
    const late = await grace.page.context().newPage();
    await late.goto(`${system.address}/m/policy?name=Edsger&autojoin=1&camera=0&microphone=0`);
    await late.getByText('The meeting is locked: nobody else may join now.').waitFor();
    expect((await tilesOn(ada)).sort()).toEqual(['Ada', 'Grace']);
  }, 300_000);

  it('what the host sets for the door holds for whoever comes: password, limit, domains, and who is blocked', async () => {
    const ada = await enter('door', 'Ada');
    const set = (what: string) => ada.page.getByTestId(`policy-${what}`);
    const come = async (name: string): Promise<Page> => {
      const page = await ada.page.context().newPage();
      await page.goto(`${system.address}/m/door?name=${name}&autojoin=1&camera=0&microphone=0`);
      return page;
    };
    const comeAgain = async (page: Page, password: string): Promise<void> => {
      await page.getByLabel('Meeting password').fill(password);
      await page.getByTestId('prejoin-button').click();
    };
    await ada.page.getByTestId('more-button').click();
    await ada.page.getByTestId('security-button').click();
    await set('require_password').check();
    await set('password').fill('open sesame');
    await set('password').press('Enter');
    await ada.page.getByTestId('new-password').waitFor();

    const grace = await come('Grace');
    await grace.getByText('This meeting needs a password.').waitFor();
    await comeAgain(grace, 'open sesame');
    await grace.getByTestId('control-bar').waitFor();

    await set('max_participants').fill('0');
    await set('max_participants').press('Enter');
    await ada.page.getByText('A whole number from 1 to 1000.').waitFor();
    await set('max_participants').fill('2');
    await set('max_participants').press('Enter');
    await ada.page.locator('[data-testid=save-limit][aria-disabled=true]').waitFor();
    const edsger = await come('Edsger');
    await edsger.getByText('This meeting needs a password.').waitFor();
    await comeAgain(edsger, 'open sesame');
    await edsger.getByText('The meeting is full.').waitFor();

    await set('allowed_domains').fill('ada@Example.com');
    await set('allowed_domains').press('Enter');
    await ada.page.getByTestId('allowed-domain').getByText('example.com').waitFor();
    await comeAgain(edsger, 'open sesame');
    await edsger.getByText('Only people with an e-mail address of certain domains').waitFor();
    await ada.page.getByRole('button', { name: 'Remove example.com' }).click();
    await ada.page.getByTestId('allowed-domain').waitFor({ state: 'detached' });

    await set('blocked_users').selectOption({ label: 'Grace' });
    await ada.page.getByTestId('block-user').click();
    await grace.locator('[data-testid=farewell][data-phase=removed]').waitFor();
    await grace.getByTestId('rejoin-button').click();
    await grace.getByTestId('prejoin-button').click();
    await grace.getByText('You were not let in.').waitFor();
    await ada.page.getByRole('button', { name: 'Unblock Grace' }).click();
    await ada.page.getByTestId('blocked-user').waitFor({ state: 'detached' });
    await grace.getByTestId('prejoin-button').click();
    await grace.getByText('This meeting needs a password.').waitFor();
  }, 300_000);

  it('gives roles, and hands over what only a host may do', async () => {
    const ada = await enter('roles', 'Ada');
    const grace = await enter('roles', 'Grace');
    await decodesPicturesOf(ada, 1);
    const act = async (testId: string): Promise<void> => {
      await ada.page.getByRole('button', { name: 'Actions for Grace' }).click();
      await ada.page.getByTestId(testId).click();
    };
    await ada.page.getByTestId('participants-button').click();
    await act('make-viewer');
    await grace.page.locator('[data-testid=mic-button][aria-disabled=true]').waitFor();
    await decodesPicturesOf(ada, 0);
    await decodesPicturesOf(grace, 1);

    await act('make-attendee');
    await grace.page.locator('[data-testid=camera-button]:not([aria-disabled])').waitFor();
    await grace.page.getByTestId('camera-button').click();
    await decodesPicturesOf(ada, 1);

    await act('make-host');
    await ada.page.getByTestId('confirm-button').click();
    await grace.page.getByText('You are the host now').waitFor();
    await ada.page.getByText('You are a co-host now').waitFor();
    await grace.page.getByTestId('more-button').click();
    await grace.page.getByTestId('security-button').waitFor();
    await ada.page.getByTestId('more-button').click();
    await ada.page.getByTestId('end-button').waitFor();
    await ada.page.getByTestId('security-button').click();
    await ada.page.getByText('Only the host can change this.').waitFor();
    expect(await ada.page.getByTestId('policy-lock_meeting').isDisabled()).toBe(true);
  }, 300_000);
});
