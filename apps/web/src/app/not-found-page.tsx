import { Logo } from '../ui/logo.js';
import { Link } from './link.js';

export const NotFoundPage = () => (
  <main className="centred">
    <Logo />
    <h1>There is nothing at this address</h1>
    <p className="muted">The link may be incomplete.</p>
    <Link to="/" className="button button-primary">
      To the start page
    </Link>
  </main>
);
