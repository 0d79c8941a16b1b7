import { describe, expect, it } from '@jest/globals';
import { urlOptions } from './url-options.js';

describe('options in the address', () => {
  it('are none by default', () => {
    expect(urlOptions('')).toEqual({
      autojoin: false,
      microphone: undefined,
      camera: undefined,
      cameraHeight: 720,
    });
  });

  it('skip the lobby under a name', () => {
    expect(urlOptions('?name=Ada%20L&autojoin=1&microphone=0&camera=off&height=360')).toEqual({
      name: 'Ada L',
      autojoin: true,
      microphone: false,
      camera: false,
      cameraHeight: 360,
    });
  });

  it('that make no sense are as if they were not there', () => {
    expect(urlOptions('?name=%20&autojoin=0&height=abc')).toEqual(urlOptions(''));
    expect(urlOptions('?height=99999').cameraHeight).toBe(720);
  });
});
