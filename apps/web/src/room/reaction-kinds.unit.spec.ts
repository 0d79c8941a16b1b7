import { describe, expect, it } from '@jest/globals';
import { reactionSign } from './reaction-kinds.js';

describe('a reaction', () => {
  it('is shown by its sign, an emoji of another client as it is, and an unknown word as a word', () => {
    expect(reactionSign('thumbs_up')).toMatchObject({ sign: '👍', name: 'Thumbs up' });
    expect(reactionSign('🦊')).toEqual({ sign: '🦊', name: '🦊' });
    expect(reactionSign('slow_down')).toEqual({ sign: '💬', name: 'slow down' });
  });
});
