export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const even = (value: number): number => Math.max(2, Math.floor(value / 2) * 2);

/** Cells of one size that fill an area row by row, the last row centred. All numbers are even, as 4:2:0 video needs. */
export const grid = (count: number, area: Rectangle): Rectangle[] => {
  if (count === 0) return [];
  const wide = area.width >= area.height;
  const long = Math.ceil(Math.sqrt(count));
  const short = Math.ceil(count / long);
  const [columns, rows] = wide ? [long, short] : [short, long];
  const [width, height] = [even(area.width / columns), even(area.height / rows)];
  return Array.from({ length: count }, (_, i) => {
    const row = Math.floor(i / columns);
    const inRow = Math.min(columns, count - row * columns);
    const indent = Math.floor(((columns - inRow) * width) / 4) * 2;
    return { x: area.x + indent + (i % columns) * width, y: area.y + row * height, width, height };
  });
};

/** One large cell with the others in a column beside it, or alone. */
export const spotlight = (others: number, area: Rectangle): { large: Rectangle; beside: Rectangle[] } => {
  if (others === 0) return { large: area, beside: [] };
  const width = even((area.width * 3) / 4);
  const column = { ...area, x: area.x + width, width: even(area.width - width) };
  // Few cells would be needlessly tall and narrow: leave room for three.
  const columns = others > 6 ? 2 : 1;
  const rows = Math.max(3, Math.ceil(others / columns));
  const [cellWidth, cellHeight] = [even(column.width / columns), even(column.height / rows)];
  const beside = Array.from({ length: others }, (_, i) => ({
    x: column.x + (i % columns) * cellWidth,
    y: column.y + Math.floor(i / columns) * cellHeight,
    width: cellWidth,
    height: cellHeight,
  }));
  return { large: { ...area, width }, beside };
};

/** The largest even size of a picture's shape that fits into a cell. */
export const fit = (
  picture: { width: number; height: number },
  cell: { width: number; height: number },
): { width: number; height: number } => {
  const scale = Math.min(cell.width / picture.width, cell.height / picture.height);
  return {
    width: Math.min(cell.width, even(picture.width * scale + 0.5)),
    height: Math.min(cell.height, even(picture.height * scale + 0.5)),
  };
};
