import type { EventOfLog } from '#libs/domain';

/** The chosen event as the log holds it. */
export const EventDetails = ({ event }: { readonly event: EventOfLog }) => (
  <details className="replay-details" data-testid="replay-details">
    <summary>
      {event.type} <small className="muted">at position {event.position}, as JSON</small>
    </summary>
    <pre tabIndex={0}>{JSON.stringify(event, null, 2)}</pre>
  </details>
);
