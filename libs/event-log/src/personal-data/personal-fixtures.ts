import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newEvent } from '../contract/contract-fixtures.js';
import type { NewEvent } from '../event-log.js';

/** Events with personal texts, for tests. */
export const said = (senderId: string, content: string, more: object = {}): NewEvent =>
  newEvent({
    type: 'ChatMessageSent',
    data: { messageId: 'm', senderId, senderName: `Name of ${senderId}`, content, ...more },
  });

export const erased = (userId: string): NewEvent =>
  newEvent({ type: 'UserErased', data: { userId, erasedBy: userId, erasedAt: '2026-11-22T10:00:00.000Z' } });

/** Files below a directory that hold these bytes. */
export const filesWith = (directory: string, bytes: string | Buffer): string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .filter(file => readFileSync(file).includes(bytes));
