import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Depacketizer } from './depacketizer.js';
import { h264Depacketizer } from './h264.js';
import { parseSpsSize } from './h264-sps.js';
import { vp8Depacketizer } from './vp8.js';
import { vp9Depacketizer } from './vp9.js';
import { parseVp9Header } from './vp9-header.js';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const VP8_KEY = '900f00 9d012a 4201 b600 0047';
const VP9_KEY = '824983420014100b5600382';
const SPS = hex('6742c00cd901419f9f011000000300100000030320f142a480');
const PPS = hex('68cb8cb2');

describe('VP8 (RFC 7741, RFC 6386)', () => {
  test('skips the payload descriptor with all its extensions', () => {
    const { part } = vp8Depacketizer();
    expect(part(hex('10 aa'))).toEqual({ startsFrame: true, data: [hex('aa')] });
    expect(part(hex('00 aa'))?.startsFrame).toBe(false);
    expect(part(hex('12 aa'))?.startsFrame).toBe(false); // a later partition
    expect(part(hex('90 80 05 aa'))?.data).toEqual([hex('aa')]);
    expect(part(hex('90 f0 8123 07 40 aa'))?.data).toEqual([hex('aa')]);
  });

  test('finds key frames and their size', () => {
    const { frame } = vp8Depacketizer();
    expect(frame([hex(VP8_KEY)])).toMatchObject({ keyFrame: true, size: { width: 322, height: 182 } });
    expect(frame([hex('b10f00'), hex('11')])).toEqual({ keyFrame: false, data: hex('b10f0011') });
    expect(frame([hex('900f00 9d012b 4201b600')])).toBeUndefined();
  });
});

describe('VP9 (RFC 9628)', () => {
  test('reads the size in the uncompressed header of every profile', () => {
    const size = { width: 322, height: 182 };
    expect(parseVp9Header(hex('8249 8342 0014 100b 5600 3824'))).toEqual({ keyFrame: true, size });
    expect(parseVp9Header(hex('a249 8342 0002 8201 6ac0 0704'))).toEqual({ keyFrame: true, size }); // 4:4:4
    expect(parseVp9Header(hex('a249 8342 e014 100b 5600 3824'))).toEqual({ keyFrame: true, size }); // RGB
    expect(parseVp9Header(hex('86'))).toEqual({ keyFrame: false });
    expect(parseVp9Header(hex('8249 8343 0014 100b 5600'))).toBeUndefined();
    expect(parseVp9Header(hex('8249 8342 00'))).toBeUndefined();
  });

  test('skips picture id, layer indices, references and scalability structure', () => {
    const { part } = vp9Depacketizer();
    expect(part(hex('08 aa'))).toEqual({ startsFrame: true, data: [hex('aa')] });
    expect(part(hex('a8 8123 00 07 aa'))?.data).toEqual([hex('aa')]);
    expect(part(hex('f9 05 20 03 02 aa'))?.data).toEqual([hex('aa')]); // F and P: no TL0PICIDX, two references
    expect(part(hex('0a 18 0140 00b4 01 04 01 aa'))?.data).toEqual([hex('aa')]);
    expect(part(hex('0a 18 0140'))).toBeUndefined();
  });

  test('joins spatial layers to a superframe with an index, in the size of the largest', () => {
    const { part, frame } = vp9Depacketizer();
    const base = part(hex(`0a 30 0140 00b4 0280 0168 ${VP9_KEY}0`))!;
    const upper = part(hex('08 86aa'))!;
    const picture = frame([...base.data, ...upper.data]);
    expect(picture).toMatchObject({ keyFrame: true, size: { width: 640, height: 360 } });
    expect(picture!.data).toEqual(hex(`${VP9_KEY}0 86aa d9 0c000000 02000000 d9`));
  });
});

describe('H.264 (RFC 6184)', () => {
  test.each([
    ['6742c00cd901419f9f011000000300100000030320f142a480', 320, 180],
    ['67640028acd940780227e5c044000003000400000300c83c60c658', 1920, 1080],
    ['674d4020eca02805df97011000000300100000030321f162d960', 1280, 720], // interlaced
    ['67f4001e919b281407b60220000003002000000641e2c5b2c0', 640, 480], // 4:4:4
  ])('reads the picture size of %s', (sps, width, height) => {
    expect(parseSpsSize(hex(sps))).toEqual({ width, height });
  });

  test('takes STAP-A apart, joins FU-A, and makes avcC of the parameter sets', () => {
    const { part, frame } = h264Depacketizer();
    const sized = (nal: Buffer): Buffer => Buffer.concat([Buffer.from([0, nal.length]), nal]);
    const sets = part(Buffer.concat([hex('78'), sized(SPS), sized(PPS)]))!;
    expect(sets).toEqual({ startsFrame: true, data: [SPS, PPS] });
    expect(part(hex('7c85 0102'))).toEqual({ startsFrame: undefined, data: [] });
    expect(part(hex('7c05 03'))?.data).toEqual([]);
    const slice = part(hex('7c45 04'))!;
    expect(slice.data).toEqual([hex('6501020304')]);
    const picture = frame([...sets.data, ...slice.data])!;
    expect(picture).toMatchObject({ keyFrame: true, size: { width: 320, height: 180 } });
    expect(picture.data.subarray(-9)).toEqual(hex('00000005 6501020304'));
    const avcC = [hex('0142c00cffe10019'), SPS, hex('010004'), PPS];
    expect(picture.codecPrivate).toEqual(Buffer.concat(avcC));
  });

  test('an IDR picture without parameter sets is no key frame to begin with', () => {
    const { frame } = h264Depacketizer();
    expect(frame([hex('6501')])).toBeUndefined();
    expect(frame([hex('4101')])).toEqual({ keyFrame: false, data: hex('00000002 4101') });
  });

  test('refuses fragments without a beginning and lengths past the end', () => {
    const { part } = h264Depacketizer();
    expect(part(hex('7c05 03'))).toBeUndefined();
    expect(part(hex('78 0009 67'))).toBeUndefined();
    expect(part(hex('7d00 00'))).toBeUndefined();
  });
});

test.each<[string, () => Depacketizer]>([
  ['VP8', vp8Depacketizer],
  ['VP9', vp9Depacketizer],
  ['H.264', h264Depacketizer],
])('%s: garbage neither throws nor loops', (_, make) => {
  const garbage = fc.uint8Array({ maxLength: 80 }).map(bytes => Buffer.from(bytes));
  fc.assert(
    fc.property(fc.array(garbage, { maxLength: 12 }), payloads => {
      const depacketizer = make();
      const parts = payloads.flatMap(payload => depacketizer.part(payload)?.data ?? []);
      depacketizer.frame(parts);
      depacketizer.reset();
      for (const payload of payloads) {
        parseSpsSize(payload);
        parseSpsSize(Buffer.concat([SPS.subarray(0, 8), payload]));
        depacketizer.frame([payload]);
      }
    }),
    { numRuns: 500 },
  );
});
