import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeFakeDevice, plainLook } from '../apps/cli/src/demo/fake-device.js';
import { ParticipantPage } from '../apps/cli/src/demo/participant-page.js';
import { RunningSystem } from '../bench/running-system.js';
import { finishedRecording, type RecordingView } from './system/finished-recording.js';
import { loggedEvents } from './system/logged-events.js';
import { until } from './system/until.js';
import { coloursOverTime, probe } from './system/video-file.js';

describe('a meeting of three people in Chromium', () => {
  let system: RunningSystem;
  let folder: string;
  const people: ParticipantPage[] = [];
  let meetingId: string;
  let analyst: string;

  const events = () => loggedEvents(system, meetingId, analyst);
  const enter = async (name: string, colour: string, tone: number): Promise<ParticipantPage> => {
    const person = await ParticipantPage.join(
      system.address,
      'standup',
      name,
      makeFakeDevice(folder, plainLook(colour, tone)),
    );
    people.push(person);
    return person;
  };
  const person = (at: number): ParticipantPage => people[at]!;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'parley-devices-'));
    system = await RunningSystem.start();
    analyst = system.token('analyst', { roles: ['analyst', 'admin'] });
  }, 60_000);

  afterAll(async () => {
    await Promise.all(people.map(one => one.close()));
    await system.stop();
    rmSync(folder, { recursive: true });
  }, 60_000);

  it('is recorded from when the host presses record, while others come in one after the other', async () => {
    const ada = await enter('Ada', 'red', 440);
    const room = await system.call<{ meeting_id: string }>('PUT', '/api/v1/rooms/standup', analyst, {});
    meetingId = room.meeting_id;
    await ada.page.getByTestId('record-button').click();
    await ada.page.getByTestId('recording-badge').waitFor();
    await until('the recorder captures', async () =>
      (await events()).some(event => event.type === 'TrackAdded'),
    );
    await sleep(5000);
    const grace = await enter('Grace', 'lime', 660);
    await grace.page.getByTestId('recording-badge').waitFor();
    await sleep(6000);
    await enter('Edsger', 'blue', 880);
    await sleep(3000);
  }, 120_000);

  it('each page decodes moving pictures from both others and hears both', async () => {
    for (const one of people) {
      const before = await until(`${one.name} receives four tracks`, async () => {
        const stats = await one.stats();
        return stats.length === 4 && stats;
      });
      await until(`${one.name} sees and hears both others`, async () => {
        const now = await one.stats();
        return now.every(track => {
          const old = before.find(
            other => other.kind === track.kind && other.participantId === track.participantId,
          );
          return track.kind === 'video'
            ? (track.framesDecoded ?? 0) > (old?.framesDecoded ?? 0) + 5
            : (track.totalAudioEnergy ?? 0) > (old?.totalAudioEnergy ?? 0);
        });
      });
      expect(new Set(before.map(track => track.participantId)).size).toBe(2);
    }
  }, 60_000);

  it('a chat message reaches every page', async () => {
    const grace = person(1).page;
    await grace.getByTestId('chat-button').click();
    await grace.getByTestId('chat-input').fill('Hello from Grace <b>&amp;</b>');
    await grace.getByTestId('chat-send').click();
    for (const { page } of people) {
      if (!(await page.getByTestId('chat-input').isVisible())) await page.getByTestId('chat-button').click();
      await page.getByTestId('chat-message').filter({ hasText: 'Hello from Grace <b>&amp;</b>' }).waitFor();
    }
  }, 90_000);

  it('whoever mutes is seen muted by the others, and no longer heard', async () => {
    await person(2).page.getByTestId('mic-button').click();
    for (const { page } of [person(0), person(1)]) {
      await page.locator('[data-testid=tile][data-muted=true]').filter({ hasText: 'Edsger' }).waitFor();
    }
    const muted = (await events()).findLast(event => event.type === 'AudioMuted');
    const energy = async (): Promise<number> =>
      (await person(0).stats()).find(
        track => track.kind === 'audio' && track.participantId === muted?.data.participantId,
      )?.totalAudioEnergy ?? 0;
    await until('Edsger is silent', async () => {
      const before = await energy();
      await sleep(1000);
      return (await energy()) - before < 1e-4;
    });
  }, 90_000);

  it('the recording is an MP4 of the right length with one, two and three pictures when as many were there', async () => {
    await sleep(2000);
    await person(0).page.getByTestId('record-button').click();
    const file = join(folder, 'recording.mp4');
    const recording = await finishedRecording(system, meetingId, analyst, file);
    expect(recording.processing_percent).toBe(100);
    expect(statSync(file).size).toBe(recording.file_size_bytes);

    const { streams, format } = probe(file);
    expect(streams.map(stream => stream.codec_name).sort()).toEqual(['aac', 'h264']);
    const log = await events();
    const timeOf = (type: string, at = 0): number =>
      Date.parse(log.filter(event => event.type === type)[at]?.time ?? '') / 1000;
    const start = timeOf('MeetingRecordingStarted');
    const duration = timeOf('MeetingRecordingStopped') - start;
    expect(Math.abs(Number(format.duration) - duration)).toBeLessThan(1);
    expect(Math.abs(recording.duration_seconds - duration)).toBeLessThan(1);

    const cameraOf = (name: string): number => {
      const joined = log.find(event => event.type === 'ParticipantJoined' && event.data.displayName === name);
      const opened = log.find(
        event =>
          event.type === 'ProducerOpened' &&
          event.data.source === 'camera' &&
          event.data.participantId === joined?.data.participantId,
      );
      return Date.parse(opened?.time ?? '') / 1000 - start;
    };
    const [second, third] = [cameraOf('Grace'), cameraOf('Edsger')];
    const seen = coloursOverTime(file);
    const between = (from: number, to: number): string[] => [
      ...new Set(
        seen.filter(({ at }) => at > from && at < to).map(({ colours }) => [...colours].sort().join('+')),
      ),
    ];
    // A new picture may take a moment from the producer's opening to its first key frame, and a name tile stands before it.
    const settled = 2.5;
    expect(between(settled, second - 1.5)).toEqual(['red']);
    expect(between(second + settled, third - 1.5)).toEqual(['lime+red']);
    expect(between(third + settled, duration - 0.5)).toEqual(['blue+lime+red']);
  }, 150_000);

  it('the thumbnail is a picture', async () => {
    const path = `/api/v1/recordings?meeting_id=${meetingId}`;
    const [recording] = (await system.call<{ recordings: RecordingView[] }>('GET', path, analyst)).recordings;
    const response = await fetch(recording?.thumbnail_url ?? '');
    expect(response.headers.get('content-type')).toBe('image/jpeg');
    expect([...new Uint8Array(await response.arrayBuffer()).slice(0, 2)]).toEqual([0xff, 0xd8]);
  });

  it('the state at a moment is the meeting as it was then', async () => {
    const log = await events();
    const joined = log.filter(event => event.type === 'ParticipantJoined');
    const after = (at: number): string => new Date(Date.parse(joined[at]?.time ?? '') + 1).toISOString();
    interface Moment {
      state: { participants: { displayName: string }[]; meeting: { isRecording: boolean } };
    }
    const at = async (time: string): Promise<Moment> =>
      system.call('GET', `/api/v1/meetings/${meetingId}/state?at=${encodeURIComponent(time)}`, analyst);
    const names = async (time: string): Promise<string[]> =>
      (await at(time)).state.participants.map(one => one.displayName).sort();
    expect(await names(after(0))).toEqual(['Ada']);
    expect(await names(after(1))).toEqual(['Ada', 'Grace']);
    expect(await names(after(2))).toEqual(['Ada', 'Edsger', 'Grace']);
    expect((await at(after(0))).state.meeting.isRecording).toBe(false);
    expect((await at(after(1))).state.meeting.isRecording).toBe(true);
  });

  it('whoever leaves is gone for the others', async () => {
    await person(2).page.getByTestId('leave-button').click();
    for (const { page } of [person(0), person(1)]) {
      await page.getByTestId('tile').filter({ hasText: 'Edsger' }).waitFor({ state: 'detached' });
    }
  }, 90_000);

  it('how long each spoke is told, at the latest when they leave', async () => {
    const joined = (await events()).filter(event => event.type === 'ParticipantJoined');
    await Promise.all([0, 1].map(at => person(at).page.getByTestId('leave-button').click()));
    for (const { data } of joined) {
      await until(`${data.displayName} spoke`, async () =>
        (await events()).some(
          event => event.type === 'ParticipantSpoke' && event.data.participantId === data.participantId,
        ),
      );
    }
  }, 90_000);
});
