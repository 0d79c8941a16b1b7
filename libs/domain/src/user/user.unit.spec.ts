import { describe, expect, it } from '@jest/globals';
import { specify } from '../given-when-then.js';
import { type Principal, SYSTEM } from '../principal.js';
import { type EraseUser, User, type UserErased } from './user.js';

const { given } = specify(User);

const at = '2026-11-22T10:00:00.000Z';
const principal = (userId: string, ...roles: string[]): Principal => ({ userId, name: userId, roles });
const erase = (userId: string, by: Principal): EraseUser => ({ type: 'EraseUser', userId, by, at });
const erased = (userId: string, erasedBy: string): UserErased => ({
  type: 'UserErased',
  data: { userId, erasedBy, erasedAt: at },
});

describe('a user', () => {
  it('may erase themself', () =>
    given()
      .when(erase('ada', principal('ada')))
      .then(erased('ada', 'ada')));
  it('may be erased by an administrator', () =>
    given()
      .when(erase('ada', principal('root', 'admin')))
      .then(erased('ada', 'root')));
  it('may be a guest who erases themself', () =>
    given()
      .when(erase('guest-1', principal('guest-1', 'guest')))
      .then(erased('guest-1', 'guest-1')));
  it.each([[[]], [['analyst']], [['guest']], [['Admin']]])(
    'is not erased by another with the roles %j',
    roles =>
      given()
        .when(erase('ada', principal('grace', ...roles)))
        .thenRefused('INSUFFICIENT_PERMISSION'),
  );
  it('that is Parley itself is not erased, not even by itself', () => {
    given()
      .when(erase(SYSTEM.userId, principal('root', 'admin')))
      .thenRefused('VALIDATION_FAILED', { user_id: 'is Parley itself' });
    given().when(erase(SYSTEM.userId, SYSTEM)).thenRefused('VALIDATION_FAILED');
  });
  it('who came back may be erased again', () => {
    const before = [erased('ada', 'ada'), erased('ada', 'root')];
    expect(given(...before).state.erasures).toBe(2);
    given(...before)
      .when(erase('ada', principal('ada')))
      .then(erased('ada', 'ada'));
  });
});
