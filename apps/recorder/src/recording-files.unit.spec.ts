import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { relative } from 'node:path';
import { recordingFiles } from './recording-files.js';

test('no id leads out of the data directory', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (recordingId, trackId) => {
      let path: string;
      try {
        path = recordingFiles('/data', recordingId).track(trackId);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
        return;
      }
      expect(relative('/data', path)).toBe(`recordings/${recordingId}/tracks/${trackId}.mkv`);
    }),
  );
  for (const id of ['..', '.', '', 'a/b', 'a\\b', 'a\0', 'a.b']) {
    expect(() => recordingFiles('/data', id)).toThrow(RangeError);
  }
});
