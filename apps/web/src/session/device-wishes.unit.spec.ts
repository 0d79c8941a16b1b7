import { describe, expect, it } from '@jest/globals';
import { parseWishes } from './device-wishes.js';

const FIRST_VISIT = { microphoneOn: true, cameraOn: true };

describe('remembered devices', () => {
  it('are as they were left', () => {
    const stored = JSON.stringify({ microphoneOn: false, cameraOn: true, cameraId: 'c1' });
    expect(parseWishes(stored)).toMatchObject({ microphoneOn: false, cameraOn: true, cameraId: 'c1' });
  });

  it.each([null, '', '{', 'null', '[]', '{"microphoneOn":"no","microphoneId":5}'])(
    'are both on for %p',
    stored => {
      const wishes = parseWishes(stored);
      expect(wishes).toMatchObject(FIRST_VISIT);
      expect(wishes.microphoneId).toBeUndefined();
    },
  );
});
