import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { MediaSource } from '#libs/domain';
import type { types } from 'mediasoup';
import { once } from 'node:events';
import type { MeetingMedia } from './meeting-media.js';
import { startMedia, type TestMedia } from './media-for-tests.js';
import { opus, rtpPacket, spokenOpus } from './rtp-for-tests.js';
import { LISTENING } from './speech-meter.js';

const meetingId = 'meeting-1';
const SPEECH = -25;
const ROOM_NOISE = -75;

describe('talk time, measured by a real mediasoup worker', () => {
  let media: TestMedia;
  let meeting: MeetingMedia;
  let direct: types.DirectTransport;
  let levels: types.AudioLevelObserver;
  /** Whose producers spoke in each interval in which somebody did. On a busy machine several are told of at once. */
  let heard: string[][];
  let mid = 0;
  const senders: NodeJS.Timeout[] = [];

  /** A participant’s microphone, whose packets come from this test in place of a browser: 50 a second, as loud as given. */
  const microphone = async (
    participantId: string,
    dBov: number | undefined,
    source: MediaSource = 'microphone',
  ) => {
    const sent = dBov === undefined ? opus : spokenOpus;
    const rtpParameters = sent(`${mid++}`);
    const producer = await direct.produce({ kind: 'audio', rtpParameters });
    meeting.producers.add({ producer, participantId, source });
    const { payloadType } = rtpParameters.codecs[0]!;
    const { ssrc } = rtpParameters.encodings![0]!;
    let sequence = 0;
    const sender = setInterval(() => {
      sequence++;
      const payload = Buffer.from([0xf8, 0xff, 0xfe]);
      producer.send(
        rtpPacket({ payloadType, ssrc: ssrc!, sequence, timestamp: sequence * 960, payload, dBov }),
      );
    }, 20);
    senders.push(sender);
    return { producer, stop: () => clearInterval(sender) };
  };
  /** Until the observer has found so many more intervals in which somebody spoke; who spoke in the last. */
  const intervals = async (count: number): Promise<string[]> => {
    const enough = heard.length + count;
    while (heard.length < enough) await once(levels.observer, 'volumes');
    return heard.at(-1)!;
  };
  /** How long intervals take. */
  const secondsOf = (count: number): number => (count * LISTENING.interval) / 1000;
  const spoken = () => media.facts.filter(fact => fact.type === 'SpeechMeasured');

  beforeEach(async () => {
    media = await startMedia();
    const observed = new Promise<types.AudioLevelObserver>(resolve =>
      media.engine.worker.observer.on('newrouter', router =>
        router.observer.on('newrtpobserver', observer => resolve(observer as types.AudioLevelObserver)),
      ),
    );
    await media.ask('router.open', { meetingId });
    meeting = (await media.meetings.find(meetingId))!;
    levels = await observed;
    heard = [];
    levels.observer.on('volumes', volumes => heard.push(volumes.map(({ producer }) => producer.id)));
    direct = await meeting.router.createDirectTransport();
  });
  afterEach(async () => {
    for (const sender of senders.splice(0)) clearInterval(sender);
    await media.close();
    expect(media.errors).toEqual([]);
  });

  test('whoever speaks is measured until the microphone closes, told before its end, and who is quiet is not', async () => {
    const quiet = await microphone('bob', ROOM_NOISE);
    const { producer } = await microphone('ann', SPEECH);
    expect(await intervals(3)).toEqual([producer.id]);
    producer.close();
    quiet.producer.close();
    expect(media.facts.map(fact => [fact.type, 'participantId' in fact && fact.participantId])).toEqual([
      ['SpeechMeasured', 'ann'],
      ['ProducerClosed', 'ann'],
      ['ProducerClosed', 'bob'],
    ]);
    expect(spoken()).toEqual([
      {
        factId: `speech-${meeting.router.id}-1`,
        type: 'SpeechMeasured',
        meetingId,
        participantId: 'ann',
        seconds: secondsOf(heard.length),
        measuredAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/u),
      },
    ]);
  });

  test('a muted participant does not speak, whatever the client sends', async () => {
    const { producer } = await microphone('ann', SPEECH);
    await intervals(1);
    const silence = once(levels.observer, 'silence');
    await media.ask('producer.pause', { meetingId, participantId: 'ann', producerId: producer.id });
    await silence;
    meeting.speech.settle();
    const before = spoken().length;
    const intervalsBefore = heard.length;
    const other = await microphone('bob', SPEECH);
    expect(await intervals(2)).toEqual([other.producer.id]);
    meeting.speech.settle();
    const seconds = secondsOf(heard.length - intervalsBefore);
    expect(spoken().slice(before)).toMatchObject([{ participantId: 'bob', seconds }]);

    await media.ask('producer.resume', { meetingId, participantId: 'ann', producerId: producer.id });
    other.producer.close();
    expect(await intervals(2)).toEqual([producer.id]);
  });

  test('who speaks into two devices at a time speaks once', async () => {
    const laptop = await microphone('ann', SPEECH);
    const phone = await microphone('ann', SPEECH);
    while (heard.filter(producers => producers.length === 2).length < 2) await intervals(1);
    laptop.producer.close();
    phone.producer.close();
    expect(spoken()).toMatchObject([{ participantId: 'ann', seconds: secondsOf(heard.length) }]);
  });

  test('the sound of a shared screen is no speech, nor is a microphone whose loudness is not stated', async () => {
    await microphone('ann', SPEECH, 'screen-audio');
    await microphone('bob', undefined);
    const { producer } = await microphone('eve', SPEECH);
    expect(await intervals(2)).toEqual([producer.id]);
    meeting.speech.settle();
    expect(spoken()).toMatchObject([{ participantId: 'eve' }]);
  });

  test('the end of the router tells what everybody spoke; the next router’s facts are others', async () => {
    await microphone('ann', SPEECH);
    await intervals(1);
    await media.ask('router.close', { meetingId });
    expect(spoken()).toMatchObject([{ participantId: 'ann', seconds: secondsOf(heard.length) }]);

    const reopened = once(media.engine.worker.observer, 'newrouter') as Promise<[types.Router]>;
    await media.ask('router.open', { meetingId });
    const [{ id }] = await reopened;
    expect(spoken()[0]?.factId).not.toContain(id);
  });

  test('all meetings can be asked to tell what was spoken, as before the worker stops', async () => {
    await microphone('ann', SPEECH);
    await intervals(2);
    await media.meetings.settleSpeech();
    expect(spoken()).toMatchObject([{ participantId: 'ann', seconds: secondsOf(heard.length) }]);
  });
});
