/** Injection token of the BullMQ queue on which recorders wait for compositions. */
export const COMPOSITIONS = Symbol('compositions');
