import type { Position } from '#libs/event-log';

interface Waiter {
  readonly position: Position;
  resolve(): void;
  reject(error: Error): void;
}

/** Promises that wait for a position to be reached. */
export class PositionWaiters {
  #waiting: Waiter[] = [];

  wait(position: Position): Promise<void> {
    return new Promise((resolve, reject) => this.#waiting.push({ position, resolve, reject }));
  }

  reached(position: Position): void {
    if (this.#waiting.length === 0) return;
    const still: Waiter[] = [];
    for (const waiter of this.#waiting) {
      if (waiter.position <= position) waiter.resolve();
      else still.push(waiter);
    }
    this.#waiting = still;
  }

  rejectAll(error: Error): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const waiter of waiting) waiter.reject(error);
  }
}
