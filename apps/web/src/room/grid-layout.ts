export interface GridLayout {
  readonly columns: number;
  /** Size of one tile in CSS pixels. */
  readonly tileWidth: number;
  readonly tileHeight: number;
  /** The tiles need more height than there is. */
  readonly scrolls: boolean;
}

/** A tile may be as wide as a camera's picture and as tall as one held upright. */
const WIDEST = 16 / 9;
const TALLEST = 3 / 5;
/** Below this width, in CSS pixels, a face is no longer one: rather scroll. */
const MIN_TILE_WIDTH = 130;

/**
 * How well a tile serves: its area, less where a wide picture loses its sides in it. Tall spaces are those of phones,
 * whose pictures are tall too.
 */
const worth = (tileWidth: number, tileHeight: number, wideSpace: boolean): number => {
  const kept = wideSpace ? Math.min(1, tileWidth / tileHeight / WIDEST) : 1;
  return tileWidth * tileHeight * Math.sqrt(kept);
};

/** The number of columns that serves `count` tiles best in a space, and their size. All lengths in CSS pixels. */
export const gridLayout = (count: number, width: number, height: number, gap: number): GridLayout => {
  let best: GridLayout = { columns: 1, tileWidth: 0, tileHeight: 0, scrolls: false };
  let bestValue = 0;
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const cellWidth = (width - gap * (columns - 1)) / columns;
    const cellHeight = (height - gap * (rows - 1)) / rows;
    if (cellWidth <= 0 || cellHeight <= 0) continue;
    const tileWidth = Math.floor(Math.min(cellWidth, cellHeight * WIDEST));
    const tileHeight = Math.floor(Math.min(cellHeight, tileWidth / TALLEST));
    const value = worth(tileWidth, tileHeight, width > height);
    if (value > bestValue) {
      best = { columns, tileWidth, tileHeight, scrolls: false };
      bestValue = value;
    }
  }
  if (best.tileWidth >= Math.min(MIN_TILE_WIDTH, width)) return best;
  const columns = Math.max(1, Math.floor((width + gap) / (MIN_TILE_WIDTH + gap)));
  const tileWidth = Math.max(0, Math.floor((width - gap * (columns - 1)) / columns));
  return { columns, tileWidth, tileHeight: Math.floor((tileWidth * 3) / 4), scrolls: true };
};
