import { describe, expect, it } from '@jest/globals';
import { cameraEncodings, preferredSpatialLayer, screenEncodings } from './encodings.js';

describe('the layers of a camera', () => {
  it('are three at 720p, each of double the height and a higher rate than the last', () => {
    const encodings = cameraEncodings(720);
    expect(encodings.map(({ scaleResolutionDownBy }) => scaleResolutionDownBy)).toEqual([4, 2, 1]);
    const rates = encodings.map(({ maxBitrate }) => maxBitrate ?? 0);
    expect(rates).toEqual([...rates].sort((left, right) => left - right));
    expect(new Set(rates).size).toBe(3);
  });

  it('are fewer for small pictures, down to one that is not scaled', () => {
    expect(cameraEncodings(480)).toHaveLength(2);
    expect(cameraEncodings(480).map(({ scaleResolutionDownBy }) => scaleResolutionDownBy)).toEqual([2, 1]);
    expect(cameraEncodings(240)).toHaveLength(1);
    expect(cameraEncodings(240)[0]).not.toHaveProperty('scaleResolutionDownBy');
  });

  it('are none of temporal kind where there is one encoding: its first key frame must not be lost', () => {
    expect(cameraEncodings(180)).toEqual([{ maxBitrate: 300_000 }]);
    expect(screenEncodings()[0]).not.toHaveProperty('scalabilityMode');
  });
  it('cost a small picture less than a large one', () => {
    const total = (height: number) =>
      cameraEncodings(height).reduce((sum, { maxBitrate }) => sum + (maxBitrate ?? 0), 0);
    expect(total(240)).toBeLessThan(total(360));
    expect(total(360)).toBeLessThan(total(720));
  });
});

describe('the layer asked for', () => {
  it.each([
    [90, 3, 0],
    [200, 3, 0],
    [300, 3, 1],
    [440, 3, 1],
    [460, 3, 2],
    [1080, 3, 2],
    [100, 2, 0],
    [700, 2, 1],
    [100, 1, 0],
  ])('for a picture shown %i pixels high, out of %i layers, is %i', (height, layers, layer) => {
    expect(preferredSpatialLayer(height, layers)).toBe(layer);
  });
});
