import { describe, expect, it } from '@jest/globals';
import { SetUpError } from './set-up-error.mjs';
import { checkNames } from './settings-check.mjs';

describe('checkNames', () => {
  it('accepts every setting that .env.example lists, and whatever is not Parley’s', () => {
    checkNames({ PORT: '1', PARLEY_DATA_DIR: 'x', PARLEY_SLOT: '1', PATH: '/bin' });
  });

  it('refuses a PARLEY_ name that is no setting, in the same sentence as Parley itself', () => {
    expect(() => checkNames({ PARLEY_PORT: '1' })).toThrow(SetUpError);
    expect(() => checkNames({ PARLEY_PORT: '1' })).toThrow(
      'PARLEY_PORT is not a setting of Parley; .env.example lists all of them. Correct or unset it.',
    );
  });
});
