export type Shown = 'state' | 'events';

const NAMES: Readonly<Record<Shown, string>> = { state: 'Meeting', events: 'Events' };

/** On a phone there is room for one of the two; where there is more, both are seen, and this is not. */
export const ViewSwitch = ({
  shown,
  onShow,
}: {
  readonly shown: Shown;
  readonly onShow: (shown: Shown) => void;
}) => (
  <div className="replay-switch" role="group" aria-label="What to show">
    {(['state', 'events'] as const).map(one => (
      <button key={one} type="button" aria-pressed={one === shown} onClick={() => onShow(one)}>
        {NAMES[one]}
      </button>
    ))}
  </div>
);
