import { expect, it } from '@jest/globals';
import { tellStory } from './meeting-story.js';
import { publicEvent } from './public-event.js';

it('a public event has no password hash, and all else', () => {
  const story = tellStory();
  story.create('ada', { passwordHash: 'scrypt$secret', maxParticipants: 7 });
  const [created] = story.log;
  const shown = publicEvent(created!);
  expect(JSON.stringify(shown)).not.toContain('secret');
  expect(shown).toMatchObject({ ...created, data: { title: 'Weekly', settings: { maxParticipants: 7 } } });
  expect(JSON.stringify(created)).toContain('secret');
});

it('an event without a secret is public as it is', () => {
  const story = tellStory();
  story.create('ada');
  story.join('ada', 'p1');
  const joined = story.log.find(({ type }) => type === 'ParticipantJoined')!;
  expect(publicEvent(joined)).toBe(joined);
});
