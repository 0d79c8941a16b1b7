import { describe, expect, it } from '@jest/globals';
import { gridLayout } from './grid-layout.js';

const GAP = 8;

describe('the grid', () => {
  it.each([
    [1, 1240, 660, 1],
    [2, 1240, 660, 2],
    [3, 1240, 660, 2],
    [4, 1240, 660, 2],
    [9, 1240, 660, 3],
    [1, 344, 616, 1],
    [2, 344, 616, 1],
    [4, 344, 616, 2],
  ])('of %i in %i by %i has %i columns', (count, width, height, columns) => {
    expect(gridLayout(count, width, height, GAP).columns).toBe(columns);
  });

  it('fits into its space for any number, or says that it scrolls', () => {
    for (const [width, height] of [
      [1240, 660],
      [344, 616],
      [700, 300],
    ] as const) {
      for (let count = 1; count <= 60; count += 1) {
        const { columns, tileWidth, tileHeight, scrolls } = gridLayout(count, width, height, GAP);
        const rows = Math.ceil(count / columns);
        expect(tileWidth).toBeGreaterThan(0);
        expect(tileWidth * columns + GAP * (columns - 1)).toBeLessThanOrEqual(width);
        if (!scrolls) expect(tileHeight * rows + GAP * (rows - 1)).toBeLessThanOrEqual(height);
        else expect(tileWidth).toBeGreaterThanOrEqual(100);
      }
    }
  });

  it('never draws a tile wider than a camera picture', () => {
    for (let count = 1; count <= 30; count += 1) {
      const { tileWidth, tileHeight } = gridLayout(count, 1240, 660, GAP);
      expect(tileWidth / tileHeight).toBeLessThan(1.8);
    }
  });

  it('survives a space that is not measured yet', () => {
    expect(gridLayout(3, 0, 0, GAP)).toMatchObject({ tileWidth: 0 });
  });
});
