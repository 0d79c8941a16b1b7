import { Store } from '../session/store.js';

/** What the home page passes on to the lobby, beside the address. */
export interface VisitState {
  readonly title?: string;
}

/** Counts up with every change of the address. */
export const visits = new Store(0);

export const navigate = (path: string, state: VisitState = {}): void => {
  history.pushState(state, '', path);
  scrollTo(0, 0);
  visits.update(count => count + 1);
};

export const visitState = (): VisitState => (history.state as VisitState | null) ?? {};

addEventListener('popstate', () => visits.update(count => count + 1));
