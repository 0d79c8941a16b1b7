/**
 * Follows the voice's timestamps where its clock and the samples drift apart by 5 ms. Resampling is always on (`flags=res`):
 * where FFmpeg turns it on at the first such correction it forgets how far it was, and begins with silence from zero again.
 */
const FOLLOW_CLOCK = 'aresample=48000:flags=res:async=1000:min_comp=0.005:first_pts=0';

/** FFmpeg's arguments that mix voices to one AAC track of exactly this duration; the output path is to be appended. */
export const audioCommand = (voices: readonly string[], duration: number): string[] => {
  const exact = `atrim=end=${duration.toFixed(6)}`;
  const encode = ['-map', '[mix]', '-c:a', 'aac', '-b:a', '128k', '-ac', '2', '-ar', '48000', '-f', 'mp4'];
  if (voices.length === 0) {
    return ['-filter_complex', `anullsrc=r=48000:cl=stereo,${exact}[mix]`, ...encode];
  }
  const graph = voices.map((_, i) => `[${i}:a]${FOLLOW_CLOCK}[voice${i}]`);
  const all = voices.map((_, i) => `[voice${i}]`).join('');
  graph.push(
    // Not normalised by the number of voices: few speak at a time. The levelling afterwards also keeps it from clipping.
    `${all}amix=inputs=${voices.length}:normalize=0:duration=longest,` +
      `dynaudnorm=f=250:g=15:m=10:p=0.9,apad,${exact}[mix]`,
  );
  return [
    ...voices.flatMap(voice => ['-copyts', '-i', voice]),
    '-filter_complex',
    graph.join(';'),
    ...encode,
  ];
};
