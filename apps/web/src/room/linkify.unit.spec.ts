import { expect, it } from '@jest/globals';
import { linkify } from './linkify.js';

it.each([
  ['plain text', [{ text: 'plain text' }]],
  [
    'See https://example.org/a?b=c#d, please.',
    [
      { text: 'See ' },
      { text: 'https://example.org/a?b=c#d', href: 'https://example.org/a?b=c#d' },
      { text: ', please.' },
    ],
  ],
  ['(http://x.org)', [{ text: '(' }, { text: 'http://x.org', href: 'http://x.org' }, { text: ')' }]],
  ['javascript:alert(1)', [{ text: 'javascript:alert(1)' }]],
  ['http://', [{ text: 'http://' }]],
  ['', []],
])('%p', (text, parts) => expect(linkify(text)).toEqual(parts));

it('loses no letter', () => {
  const text = 'a https://b.org/c) d <https://e.org> f http:// g';
  expect(
    linkify(text)
      .map(part => part.text)
      .join(''),
  ).toBe(text);
});
