import { describe, expect, it } from '@jest/globals';
import { HOLD_MS, nextSpeaking, nobodySpeaks, SPEECH_LEVEL } from './speaking.js';

const levels = (entries: Record<string, number>) => new Map(Object.entries(entries));

describe('who speaks', () => {
  it('is whoever is as loud as speech', () => {
    const { speakers } = nextSpeaking(nobodySpeaks, levels({ ada: SPEECH_LEVEL, bob: SPEECH_LEVEL / 2 }), 0);
    expect([...speakers]).toEqual(['ada']);
  });

  it('goes on through a pause between words and stops after it', () => {
    const first = nextSpeaking(nobodySpeaks, levels({ ada: 0.3 }), 0);
    const pause = nextSpeaking(first, levels({ ada: 0 }), HOLD_MS - 1);
    expect([...pause.speakers]).toEqual(['ada']);
    expect([...nextSpeaking(pause, levels({ ada: 0 }), HOLD_MS).speakers]).toEqual([]);
  });

  it('forgets one who left in mid-sentence', () => {
    const first = nextSpeaking(nobodySpeaks, levels({ ada: 0.3 }), 0);
    expect([...nextSpeaking(first, levels({}), HOLD_MS).speakers]).toEqual([]);
  });

  it('is the same object while it stays the same, so that nothing is drawn anew', () => {
    const first = nextSpeaking(nobodySpeaks, levels({ ada: 0.3 }), 0);
    const second = nextSpeaking(first, levels({ ada: 0.2 }), 200);
    expect(second.speakers).toBe(first.speakers);
  });
});
