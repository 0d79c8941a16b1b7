import { expect, it } from '@jest/globals';
import { reactionName, reactionSign } from './reaction-kinds.js';

it('a reaction has a name; an emoji of another client is shown as it is, and an unknown word as a word', () => {
  expect(reactionName('thumbs_up')).toBe('Thumbs up');
  expect([reactionName('🦊'), reactionSign('🦊')]).toEqual(['🦊', '🦊']);
  expect([reactionName('slow_down'), reactionSign('slow_down')]).toEqual(['slow down', '💬']);
});
