type Listener<Events, Type extends keyof Events> = (event: Events[Type]) => void;

/** Who wants to hear of what. */
export class Listeners<Events extends object> {
  private readonly all = new Map<keyof Events, Set<Listener<Events, keyof Events>>>();

  get isEmpty(): boolean {
    return this.all.size === 0;
  }

  /** @returns what takes the listener away again */
  add<Type extends keyof Events>(type: Type, listener: Listener<Events, Type>): () => void {
    const those = this.all.get(type) ?? new Set();
    this.all.set(type, those.add(listener as Listener<Events, keyof Events>));
    return () => this.remove(type, listener);
  }

  remove<Type extends keyof Events>(type: Type, listener: Listener<Events, Type>): void {
    const those = this.all.get(type);
    those?.delete(listener as Listener<Events, keyof Events>);
    if (those?.size === 0) this.all.delete(type);
  }

  /** Tells all; what one of them throws keeps nothing from the others, and is the program's own uncaught error. */
  tell<Type extends keyof Events>(type: Type, event: Events[Type]): void {
    for (const listener of [...(this.all.get(type) ?? [])]) {
      try {
        listener(event);
      } catch (error) {
        setTimeout(() => {
          throw error;
        });
      }
    }
  }
}
