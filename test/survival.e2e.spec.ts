import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makeFakeDevice, plainLook } from '../apps/cli/src/demo/fake-device.js';
import { ParticipantPage } from '../apps/cli/src/demo/participant-page.js';
import { RunningSystem } from '../bench/running-system.js';
import { finishedRecording } from './system/finished-recording.js';
import { loggedEvents } from './system/logged-events.js';
import { until } from './system/until.js';
import { coloursOverTime } from './system/video-file.js';

const MESSAGES = 2000;
const SENDERS = 16;

describe('kill -9', () => {
  let system: RunningSystem;
  let folder: string;
  let pages: ParticipantPage[];
  let analyst: string;

  beforeEach(async () => {
    pages = [];
    folder = mkdtempSync(join(tmpdir(), 'parley-devices-'));
    // One user sends as much here as only many would.
    system = await RunningSystem.start({ PARLEY_RATE_LIMITS: 'off' });
    analyst = system.token('analyst', { roles: ['analyst', 'admin'] });
  }, 60_000);

  afterEach(async () => {
    await Promise.all(pages.map(page => page.close()));
    await system.stop();
    rmSync(folder, { recursive: true });
  }, 60_000);

  const events = (meetingId: string) => loggedEvents(system, meetingId, analyst);
  const enter = async (name: string, colour: string, tone: number): Promise<ParticipantPage> => {
    const page = await ParticipantPage.join(
      system.address,
      'standup',
      name,
      makeFakeDevice(folder, plainLook(colour, tone)),
    );
    pages.push(page);
    return page;
  };
  const openRoom = async (): Promise<string> =>
    (await system.call<{ meeting_id: string }>('PUT', '/api/v1/rooms/standup', analyst, {})).meeting_id;

  it('of the api during 2,000 appends loses nothing that was acknowledged, doubles nothing, and positions rise', async () => {
    const ada = system.token('ada', { name: 'Ada' });
    const { meeting_id: id } = await system.call<{ meeting_id: string }>('POST', '/api/v1/meetings', ada, {
      title: 'Crash test',
    });
    await system.call('POST', `/api/v1/meetings/${id}/join`, ada, {});
    const acknowledged = new Map<string, string>();
    let next = 0;
    let lost = 0;
    const send = async (): Promise<void> => {
      while (next < MESSAGES) {
        const content = `message ${next++}`;
        // As a client should: the same key until it is answered, so that a repeat is not a second message.
        await until(`${content} is acknowledged`, async () => {
          try {
            const answer = await system.call<{ data: { message_id: string } }>(
              'POST',
              `/api/v1/meetings/${id}/chat`,
              ada,
              { content },
              { 'idempotency-key': content },
            );
            acknowledged.set(content, answer.data.message_id);
            return true;
          } catch {
            lost++;
            return false;
          }
        });
      }
    };
    const before = system.pid('api');
    const senders = Array.from({ length: SENDERS }, send);
    await until('a third is sent', () => acknowledged.size > MESSAGES / 3);
    system.kill('api');
    await Promise.all(senders);

    expect(lost).toBeGreaterThan(0);
    expect(system.pid('api')).not.toBe(before);
    expect(acknowledged.size).toBe(MESSAGES);
    const log = await events(id);
    const messages = log.filter(event => event.type === 'ChatMessageSent');
    expect(messages).toHaveLength(MESSAGES);
    expect(new Map(messages.map(({ data }) => [data.content, data.messageId]))).toEqual(acknowledged);
    expect(new Set(log.map(event => event.id)).size).toBe(log.length);
    for (const [at, { position }] of log.entries())
      expect(position).toBeGreaterThan(log[at - 1]?.position ?? -1);
  }, 120_000);

  it('of the media worker moves the meeting to a new one, and the pages see each other again within 5 s', async () => {
    const both = [await enter('Ada', 'red', 440), await enter('Grace', 'lime', 660)];
    const frames = async (page: ParticipantPage): Promise<number> =>
      [...(await page.framesFrom()).values()].reduce((sum, count) => sum + count, 0);
    for (const page of both) await until(`${page.name} sees the other`, async () => (await frames(page)) > 5);

    const killedAt = Date.now();
    system.kill('media-worker-1');
    // Until the new worker speaks, what a page counts is what it decoded before.
    const id = await openRoom();
    const moved = await until('the meeting is moved', async () =>
      (await events(id)).find(event => event.type === 'MediaPlaced' && event.data.replaces !== undefined),
    );
    expect(Date.parse(moved.time)).toBeGreaterThanOrEqual(killedAt);
    const seesAgain = async (page: ParticipantPage): Promise<void> => {
      const fresh = async (): Promise<boolean> => {
        const consumed = await page.stats();
        return consumed.some(track => track.kind === 'video' && (track.framesDecoded ?? 0) > 0);
      };
      let last = await frames(page);
      await until(`${page.name} sees the other again`, async () => {
        const now = await frames(page);
        const moving = now > last && (await fresh());
        last = now;
        return moving;
      });
    };
    await Promise.all(both.map(seesAgain));
    expect(Date.now() - killedAt).toBeLessThan(5000);
  }, 90_000);

  it('of the recorder costs the recording at most 2 s', async () => {
    const ada = await enter('Ada', 'red', 440);
    const id = await openRoom();
    await ada.page.getByTestId('record-button').click();
    await until('the recorder captures', async () =>
      (await events(id)).some(event => event.type === 'TrackAdded'),
    );
    await sleep(5000);
    system.kill('recorder-1');
    await until('another one captures', async () => {
      const captures = (await events(id)).filter(event => event.type === 'CaptureStarted');
      return captures.length === 2;
    });
    await sleep(8000);
    await ada.page.getByTestId('record-button').click();
    const file = join(folder, 'recording.mp4');
    await finishedRecording(system, id, analyst, file);
    const log = await events(id);
    expect(log.filter(event => event.type === 'CaptureStarted')).toHaveLength(2);
    const pictures = coloursOverTime(file);
    const seen = pictures.map(({ colours }) => colours.includes('red'));
    const first = seen.indexOf(true);
    const missing = seen.slice(first, seen.lastIndexOf(true)).filter(red => !red).length;
    const perSecond = 1 / ((pictures[1]?.at ?? 1) - (pictures[0]?.at ?? 0));
    expect(seen.length / perSecond).toBeGreaterThan(12);
    expect(missing / perSecond).toBeLessThanOrEqual(2);
  }, 120_000);
});
