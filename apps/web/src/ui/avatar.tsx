import { colourIndex, initials } from './initials.js';

const COLOURS = 8;

/** Stands for a person who cannot be seen. */
export const Avatar = ({ name, seed }: { readonly name: string; readonly seed: string }) => (
  <span className="avatar" data-colour={colourIndex(seed, COLOURS)} aria-hidden="true">
    {initials(name)}
  </span>
);
