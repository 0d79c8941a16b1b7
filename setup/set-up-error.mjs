/** Something the person at the keyboard can mend: printed as its message alone, without a stack. */
export class SetUpError extends Error {
  /** @override */
  name = 'SetUpError';
}

/**
 * Ends the process over an error, in the words that fit it.
 * @param {unknown} error
 */
export const endWith = error => {
  process.stderr.write(
    `\n${error instanceof SetUpError ? error.message : error instanceof Error ? error.stack : error}\n`,
  );
  process.exit(1);
};
