/** Shown in a room while nobody else is there and others are elsewhere. @param name of the breakout room; undefined: the main room */
export const EmptyRoomCard = ({ name }: { readonly name: string | undefined }) => (
  <div className="alone card">
    <h2>You are the only one in {name === undefined ? 'the main room' : `“${name}”`}</h2>
    <p className="muted">
      {name === undefined
        ? 'Everybody else is in a breakout room.'
        : 'Whoever comes into this room appears here.'}
    </p>
  </div>
);
