import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ERASED } from '#libs/domain';
import type { RecordedEvent } from '../event-log.js';
import { EventOpener, placeOf } from './event-opener.js';
import { sealText } from './sealed-text.js';

describe('opening events', () => {
  const key = createSecretKey(randomBytes(32));
  let keys: Map<string, KeyObject>;
  let asked: string[];
  let opener: EventOpener;
  beforeEach(() => {
    keys = new Map([['k', key]]);
    asked = [];
    opener = new EventOpener({ find: id => (asked.push(id), keys.get(id)) });
  });
  const sealed = sealText('hello', 'k', key, placeOf('e1', 'content'));
  const recorded = (content = sealed): RecordedEvent => ({
    id: 'e1',
    type: 'ChatMessageSent',
    version: 1,
    time: '2026-11-22T10:00:00.000Z',
    data: { senderId: 'ada', content },
    metadata: { correlationId: 'c', userId: 'ada' },
    stream: 'chat-1',
    revision: 0,
    position: 0,
  });
  const contentOf = ({ data }: RecordedEvent): unknown => (data as { content: unknown }).content;

  it('gives an event without personal texts as the same object', () => {
    const event = { ...recorded(), type: 'AudioMuted' };
    expect(opener.open(event)).toBe(event);
    const batch = [event, event];
    expect(opener.openAll(batch)).toBe(batch);
  });

  it('decrypts an event once, however many tails it reaches', () => {
    const event = recorded();
    const opened = opener.open(event);
    expect(contentOf(opened)).toBe('hello');
    expect(opener.open(event)).toBe(opened);
    expect(asked).toEqual(['k']);
    expect(contentOf(event)).toBe(sealed);
  });

  it('decrypts nothing that was sealed just now', () => {
    opener.remember(sealed, 'hello');
    expect(contentOf(opener.open(recorded()))).toBe('hello');
    expect(asked).toEqual([]);
  });

  it('gives nothing that was opened or sealed before a key was destroyed', () => {
    const event = recorded();
    opener.open(event);
    opener.remember(sealed, 'hello');
    keys.clear();
    opener.forget();
    expect(contentOf(opener.open(event))).toBe(ERASED);
    expect(contentOf(opener.open(recorded()))).toBe(ERASED);
  });
});
