import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeFakeDevice, plainLook } from '../apps/cli/src/demo/fake-device.js';
import { ParticipantPage } from '../apps/cli/src/demo/participant-page.js';
import { RunningSystem } from '../bench/running-system.js';
import { coloursOn, decodesPicturesOf, tilesOn } from './system/pictures.js';
import { until } from './system/until.js';
import type { Colour } from './system/video-file.js';

const LOOKS: readonly (readonly [string, Colour, number])[] = [
  ['Ada', 'red', 440],
  ['Grace', 'lime', 550],
  ['Edsger', 'blue', 660],
  ['Barbara', 'yellow', 880],
];
const colourOf = (name: string): Colour => LOOKS.find(([who]) => who === name)?.[1] as Colour;

describe('breakout rooms in Chromium', () => {
  let system: RunningSystem;
  let folder: string;
  const people = new Map<string, ParticipantPage>();
  const one = (name: string): ParticipantPage => people.get(name) as ParticipantPage;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'parley-devices-'));
    system = await RunningSystem.start();
    for (const [name, colour, tone] of LOOKS) {
      const device = makeFakeDevice(folder, plainLook(colour, tone));
      people.set(name, await ParticipantPage.join(system.address, 'breakout', name, device));
    }
  }, 120_000);
  afterAll(async () => {
    await Promise.all([...people.values()].map(page => page.close()));
    await system.stop();
    rmSync(folder, { recursive: true });
  }, 60_000);

  /** Those named, and nobody else, see each other: tiles, video elements, received tracks, and what is on screen. */
  const seeEachOther = async (...names: string[]): Promise<void> => {
    for (const name of names) {
      const self = one(name);
      await until(`${name} has the tiles of ${names.join(', ')}`, async () => {
        const tiles = await tilesOn(self);
        return tiles.length === names.length && names.every(who => tiles.includes(who));
      });
      await decodesPicturesOf(self, names.length - 1);
      await until(`${name} has no voice of another room`, async () => {
        const voices = (await self.stats()).filter(({ kind }) => kind === 'audio');
        return new Set(voices.map(({ participantId }) => participantId)).size === names.length - 1;
      });
      const shown = names.map(colourOf).sort();
      await until(`${name} sees ${shown.join(', ')}`, async () => {
        const seen = await coloursOn(self, folder);
        return seen.join() === shown.join();
      });
      expect(await self.page.locator('.stage video').count()).toBe(names.length);
    }
  };
  const said = async (name: string): Promise<string[]> => {
    const { page } = one(name);
    if (!(await page.getByTestId('chat-input').isVisible())) await page.getByTestId('chat-button').click();
    return page.getByTestId('chat-message').locator('.chat-text').allInnerTexts();
  };
  const place = (name: string, room: string): Promise<unknown> =>
    one(name).page.getByTestId('breakout-place').filter({ hasText: room }).waitFor();
  const openPanel = async (): Promise<void> => {
    const ada = one('Ada').page;
    await ada.getByTestId('more-button').click();
    await ada.getByTestId('breakout-button').click();
  };

  it('before they are open, everybody sees everybody', async () => {
    await seeEachOther('Ada', 'Grace', 'Edsger', 'Barbara');
  }, 90_000);

  it('are opened by the host, who spreads all evenly and goes into one herself', async () => {
    const ada = one('Ada').page;
    await openPanel();
    await ada.getByText('Names of the rooms').click();
    await ada.getByTestId('breakout-name').nth(0).fill('North');
    await ada.getByTestId('breakout-name').nth(1).fill('South');
    await ada.getByTestId('breakout-minutes').fill('30');
    await ada.getByTestId('breakout-open-button').click();
    await place('Grace', 'North');
    await place('Edsger', 'South');
    await place('Barbara', 'North');
    await ada.getByRole('button', { name: 'Go into South' }).click();
    await place('Ada', 'South');
    for (const name of people.keys()) {
      expect(await one(name).page.getByTestId('breakout-countdown').first().innerText()).toMatch(
        /^(30:00|29:\d\d)$/u,
      );
    }
  }, 60_000);

  it('show pictures and voices only from one’s own room', async () => {
    await seeEachOther('Grace', 'Barbara');
    await seeEachOther('Ada', 'Edsger');
  }, 90_000);

  it('keep what is said in one there, but for the host’s word to all', async () => {
    await one('Grace').chat('Only for the north');
    const ada = one('Ada').page;
    await until('Barbara reads it', async () => (await said('Barbara')).includes('Only for the north'));
    if (!(await ada.getByTestId('broadcast-input').isVisible())) await openPanel();
    await ada.getByTestId('broadcast-input').fill('Five more minutes');
    await ada.getByTestId('broadcast-send').click();
    for (const name of people.keys()) {
      await until(`${name} reads the word to all`, async () =>
        (await said(name)).includes('Five more minutes'),
      );
    }
    for (const name of ['Ada', 'Edsger']) expect(await said(name)).toEqual(['Five more minutes']);
    for (const name of ['Grace', 'Barbara'])
      expect(await said(name)).toEqual(['Only for the north', 'Five more minutes']);
  }, 60_000);

  it('a reaction floats over its sender’s picture, in their room alone', async () => {
    const grace = one('Grace').page;
    await grace.getByTestId('react-button').click();
    // It floats for some seconds: all look at the same time.
    const seen = ['Grace', 'Barbara'].map(name => {
      const tile = one(name).page.getByTestId('tile').filter({ hasText: 'Grace' });
      return tile.locator('[data-reaction=celebrate]').waitFor();
    });
    await Promise.all([grace.getByTestId('reaction-celebrate').click(), ...seen]);
    expect(await one('Ada').page.getByTestId('tile-reaction').count()).toBe(0);
    await grace.getByTestId('tile-reaction').waitFor({ state: 'detached' });
  }, 90_000);

  it('whoever the host moves is with the others at once', async () => {
    const ada = one('Ada').page;
    await openPanel();
    await ada.getByLabel('Room of Barbara').selectOption('South');
    await place('Barbara', 'South');
    await seeEachOther('Ada', 'Edsger', 'Barbara');
    await seeEachOther('Grace');
  }, 90_000);

  it('bring all back when they are closed, and everybody sees everybody', async () => {
    const ada = one('Ada').page;
    if (!(await ada.getByTestId('breakout-close-button').isVisible())) await openPanel();
    await ada.getByTestId('breakout-close-button').click();
    await ada.getByTestId('confirm-button').click();
    for (const { page } of people.values())
      await page.getByTestId('breakout-bar').waitFor({ state: 'detached' });
    await seeEachOther('Ada', 'Grace', 'Edsger', 'Barbara');
  }, 90_000);
});
