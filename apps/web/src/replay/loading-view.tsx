import { Logo } from '../ui/logo.js';

const number = new Intl.NumberFormat();

/** While a meeting's events come in. How many there will be, nobody says beforehand. */
export const LoadingView = ({ events }: { readonly events: number }) => (
  <main className="centred" data-testid="replay-loading">
    <Logo wordmark={false} />
    <p>Fetching what happened…</p>
    <progress className="replay-loading" aria-label="Fetching events" />
    <p className="muted">{events > 0 ? `${number.format(events)} events so far` : '\u00a0'}</p>
  </main>
);
