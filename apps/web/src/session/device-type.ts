/** What kind of device this is, by its browser's own word and by its screen. */
export const deviceType = (): 'desktop' | 'mobile' | 'tablet' => {
  if (!matchMedia('(pointer: coarse)').matches) return 'desktop';
  return Math.min(screen.width, screen.height) < 600 ? 'mobile' : 'tablet';
};
