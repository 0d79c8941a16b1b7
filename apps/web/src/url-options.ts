/** What a link may set beforehand; made for automation, handy for kiosks. */
export interface UrlOptions {
  readonly name?: string;
  readonly autojoin: boolean;
  readonly microphone?: boolean;
  readonly camera?: boolean;
  /** Height of the camera's picture to ask for, in pixels. */
  readonly cameraHeight: number;
}

const DEFAULT_HEIGHT = 720;

const flag = (value: string | null): boolean | undefined =>
  value === null ? undefined : !['0', 'false', 'off', 'no'].includes(value.toLowerCase());

/** Reads `?name=Ada&autojoin=1&microphone=0&camera=0&height=360`. */
export const urlOptions = (search: string): UrlOptions => {
  const query = new URLSearchParams(search);
  const name = query.get('name')?.trim();
  const height = Number(query.get('height'));
  return {
    ...(name && { name: name.slice(0, 80) }),
    autojoin: flag(query.get('autojoin')) ?? false,
    microphone: flag(query.get('microphone')),
    camera: flag(query.get('camera')),
    cameraHeight: Number.isInteger(height) && height >= 90 && height <= 2160 ? height : DEFAULT_HEIGHT,
  };
};
