import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeFakeDevice, plainLook } from '../apps/cli/src/demo/fake-device.js';
import { ParticipantPage } from '../apps/cli/src/demo/participant-page.js';
import { meanPower, soundOf } from '../apps/recorder/test/tones.js';
import { RunningSystem } from '../bench/running-system.js';
import { finishedRecording } from './system/finished-recording.js';
import { type LoggedEvent, loggedEvents } from './system/logged-events.js';
import { decodesPicturesOf } from './system/pictures.js';
import { until } from './system/until.js';
import { coloursOverTime, probe } from './system/video-file.js';

/** About three seconds of a camera's pictures, or as long as a slow machine needs for them. */
const SOME = 45;
/** Colours are looked at every 0.2 s, and the log's times are those of another clock than the pictures'. */
const EDGE = 0.4;
/** Power of a tone that is surely there; those here have about 1000, and below 1 where they are not. */
const AUDIBLE = 50;

const LOOKS = [
  ['Ada', 'red', 600],
  ['Grace', 'lime', 1400],
  ['Edsger', 'blue', 2600],
] as const;

/** Beeps, for a voice that never changes is taken for noise. */
const beeps = (hertz: number): string => `aevalsrc='0.5*sin(2*PI*${hertz}*t)*lt(mod(t,0.8),0.2)':s=48000:d=4`;

/** A camera and a microphone each. */
const TRACKS = 2 * LOOKS.length;

describe('the recording of a meeting with breakout rooms', () => {
  let system: RunningSystem;
  let folder: string;
  let file: string;
  let ada: string;
  let meetingId: string;
  let log: readonly LoggedEvent[];
  const people: ParticipantPage[] = [];

  const rest = <T = unknown>(method: string, path: string, body?: unknown): Promise<T> =>
    system.call<T>(method, `/api/v1/meetings/${meetingId}/${path}`, ada, body);
  const events = (): Promise<LoggedEvent[]> =>
    loggedEvents(system, meetingId, system.token('analyst', { roles: ['analyst'] }));
  const every = (others: readonly number[], more = 0): Promise<unknown> =>
    Promise.all(people.map((one, at) => decodesPicturesOf(one, others[at]!, more)));

  /** From when to when all were recorded, two were away, and all were back: seconds of the recording. */
  const phases = (): Record<'before' | 'apart' | 'after', readonly [from: number, to: number]> => {
    const times = (type: string): number[] =>
      log.filter(event => event.type === type).map(({ time }) => Date.parse(time) / 1000);
    const [start] = times('MeetingRecordingStarted');
    const phase = (from = NaN, to = NaN) => [from - start!, to - start!] as const;
    const left = times('BreakoutRoomAssigned');
    return {
      before: phase(times('TrackAdded')[TRACKS - 1], left[0]),
      apart: phase(left[1], times('BreakoutRoomLeft')[0]),
      after: phase(times('BreakoutRoomsClosed')[0], times('MeetingRecordingStopped')[0]),
    };
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'parley-devices-'));
    file = join(folder, 'recording.mp4');
    system = await RunningSystem.start();
    ada = system.token('ada', { name: 'Ada' });
    const meeting = { title: 'Apart and together' };
    const created = await system.call<{ meeting_id: string }>('POST', '/api/v1/meetings', ada, meeting);
    meetingId = created.meeting_id;
    const enter = async ([name, colour, hertz]: (typeof LOOKS)[number], token?: string): Promise<void> => {
      const device = makeFakeDevice(folder, { ...plainLook(colour, hertz), sound: beeps(hertz) });
      people.push(await ParticipantPage.join(system.address, meetingId, name, device, token));
    };
    const [host, ...others] = LOOKS;
    await enter(host, ada);
    await Promise.all(others.map(one => enter(one)));
  }, 180_000);

  afterAll(async () => {
    await Promise.all(people.map(one => one.close()));
    await system.stop();
    rmSync(folder, { recursive: true });
  }, 60_000);

  it('is made while two of three are away for some seconds', async () => {
    await every([2, 2, 2]);
    await rest('POST', 'recording/start');
    await until('all are recorded', async () => {
      const tracks = (await events()).filter(({ type }) => type === 'TrackAdded');
      return tracks.length >= TRACKS;
    });
    await every([2, 2, 2], SOME);

    const {
      data: [room],
    } = await rest<{ data: [{ room_id: string }] }>('POST', 'breakout-rooms', {
      room_count: 1,
    });
    const away = (await events())
      .filter(({ type, data }) => type === 'ParticipantJoined' && data.displayName !== 'Ada')
      .map(({ data }) => data.userId);
    for (const participant_user_id of away) {
      await rest('POST', 'breakout-rooms/assign', { participant_user_id, breakout_room_id: room.room_id });
    }
    await every([0, 1, 1], SOME);

    await rest('POST', 'breakout-rooms/return', { participant_user_id: away[0] });
    await rest('DELETE', 'breakout-rooms');
    await every([2, 2, 2], SOME);
    await rest('POST', 'recording/stop');
    // Composing needs the machine.
    await Promise.all(people.map(one => one.close()));
    await finishedRecording(system, meetingId, ada, file, 180_000);
    log = await events();
  }, 600_000);

  it('is as long as the log says, in H.264 and AAC', () => {
    const { streams, format } = probe(file);
    expect(streams.map(stream => stream.codec_name).sort()).toEqual(['aac', 'h264']);
    expect(Math.abs(Number(format.duration) - phases().after[1])).toBeLessThan(1);
  });

  it('shows three pictures, then only that of who stayed, then three again', () => {
    const seen = coloursOverTime(file).map(({ at, colours }) => ({
      at,
      shown: [...colours].sort().join('+'),
    }));
    const between = (from: number, to: number): string[] =>
      seen.filter(({ at }) => at > from && at < to).map(({ shown }) => shown);
    /** What is shown most of the time in the second half, when all cameras have come. */
    const mostly = ([from, to]: readonly [number, number]): string | undefined => {
      const shown = Map.groupBy(between((from + to) / 2, to - EDGE), one => one);
      return [...shown].sort((a, b) => b[1].length - a[1].length)[0]?.[0];
    };
    const { before, apart, after } = phases();
    expect(mostly(before)).toBe('blue+lime+red');
    expect(mostly(apart)).toBe('red');
    expect(mostly(after)).toBe('blue+lime+red');
    // Who is away is in no picture at all.
    expect(between(apart[0] + EDGE, apart[1] - EDGE).join()).not.toMatch(/blue|lime/u);
  });

  it('lets nobody be heard while they are away', async () => {
    const sound = await soundOf(file);
    const { before, apart, after } = phases();
    for (const [name, , hertz] of LOOKS) {
      const power = ([from, to]: readonly [number, number]): number =>
        meanPower(sound, hertz, from + EDGE, to - EDGE);
      const together = Math.min(power(before), power(after));
      expect(together).toBeGreaterThan(AUDIBLE);
      if (name === 'Ada') expect(power(apart)).toBeGreaterThan(AUDIBLE);
      else expect(power(apart)).toBeLessThan(together / 50);
    }
  });
});
