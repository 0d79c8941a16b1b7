import { describe, expect, it } from '@jest/globals';
import { initialParticipant, type MediaSource, type ParticipantState } from '#libs/domain';
import { excessOf } from './excess-of.js';

const SOURCES: readonly MediaSource[] = ['microphone', 'camera', 'screen', 'screen-audio'];
const loud: ParticipantState = {
  ...initialParticipant,
  isVideoOn: true,
  isScreenSharing: true,
  isHandRaised: true,
  producers: Object.fromEntries(
    SOURCES.map(source => [
      source,
      { producerId: source, source, kind: source === 'camera' ? 'video' : 'audio', mediaWorkerId: 'w' },
    ]),
  ),
};
const all = { microphone: true, camera: true, screenShare: true };

describe('what of a seat is too much', () => {
  it('is nothing where all is allowed', () => expect(excessOf(loud, all)).toEqual({ producers: [] }));

  it.each([
    ['microphone', { isMuted: true }, ['microphone']],
    ['camera', { isVideoOn: false }, ['camera']],
    ['screenShare', { isScreenSharing: false }, ['screen', 'screen-audio']],
  ] as const)('is what needs the %s, and its tracks, where that is not allowed', (what, status, sources) => {
    const excess = excessOf(loud, { ...all, [what]: false });
    expect(excess.status).toEqual(status);
    expect(excess.producers.map(one => one.source)).toEqual(sources);
  });

  it('is a track alone where the status is as it may be, and never the hand', () =>
    expect(
      excessOf(
        { ...loud, isMuted: true, isVideoOn: false, isScreenSharing: false },
        { microphone: false, camera: false, screenShare: false },
      ),
    ).toEqual({ producers: Object.values(loud.producers) }));
});
