import type { PanelProps } from './panel-props.js';
import { REPLAY_PANELS } from './replay-panels.js';

/** The meeting as it was at the moment. */
export const StatePanels = (props: PanelProps) => (
  <div className="replay-panels">
    {([1, 2] as const).map(column => (
      <div key={column} className="replay-column">
        {REPLAY_PANELS.filter(panel => panel.column === column).map(({ id, title, count, when, View }) =>
          when?.(props.moment) === false ? null : (
            <section
              key={id}
              className="card replay-panel"
              data-testid={`panel-${id}`}
              aria-labelledby={`title-${id}`}
            >
              <h2 id={`title-${id}`}>
                {title} {count ? <small>{count(props.moment)}</small> : null}
              </h2>
              <View {...props} />
            </section>
          ),
        )}
      </div>
    ))}
  </div>
);
