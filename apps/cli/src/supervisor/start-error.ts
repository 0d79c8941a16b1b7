/** Why the system cannot start, in a sentence for the person who starts it. */
export class StartError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StartError';
  }
}
