import { lazy, Suspense } from 'react';
import { HomePage } from '../home/home-page.js';
import { Spinner } from '../ui/spinner.js';
import { useStore } from '../ui/use-store.js';
import { visits } from './navigation.js';
import { NotFoundPage } from './not-found-page.js';
import { routeOf } from './route.js';

// The call machinery is most of the code, and the home page needs none of it.
const MeetingPage = lazy(() => import('./meeting-page.js'));
const ReplayPage = lazy(() => import('../replay/replay-page.js'));

const Waiting = () => (
  <main className="centred">
    <Spinner />
  </main>
);

export const App = () => {
  const visit = useStore(visits);
  const route = routeOf(location.pathname);
  switch (route.page) {
    case 'home':
      return <HomePage />;
    case 'meeting':
      return (
        <Suspense fallback={<Waiting />}>
          <MeetingPage key={visit} meetingRef={route.ref} />
        </Suspense>
      );
    case 'replay':
      return (
        <Suspense fallback={<Waiting />}>
          <ReplayPage key={visit} meetingRef={route.ref} />
        </Suspense>
      );
    case 'unknown':
      return <NotFoundPage />;
  }
};
