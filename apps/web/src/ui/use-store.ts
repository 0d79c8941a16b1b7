import { useSyncExternalStore } from 'react';
import type { Store } from '../session/store.js';

/** The store's value; the component is drawn again when it changes. */
export const useStore = <Value>(store: Store<Value>): Value =>
  useSyncExternalStore(store.subscribe, store.get);
