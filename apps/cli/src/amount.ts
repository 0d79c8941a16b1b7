import { InvalidArgumentError } from 'commander';

/** Reads an option that is a number above nothing, at most so large. */
export const readAmount =
  (most: number, kind: 'whole' | 'any') =>
  (text: string): number => {
    const amount = Number(text);
    const fits = kind === 'any' || Number.isInteger(amount);
    if (!/^\d+(\.\d+)?$/.test(text) || amount <= 0 || amount > most || !fits) {
      throw new InvalidArgumentError(
        `It is a ${kind === 'whole' ? 'whole ' : ''}number above 0, at most ${most}.`,
      );
    }
    return amount;
  };
