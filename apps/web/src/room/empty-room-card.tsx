/** Shown in a breakout room while nobody else is there. */
export const EmptyRoomCard = ({ name }: { readonly name: string }) => (
  <div className="alone card">
    <h2>You are the only one in “{name}”</h2>
    <p className="muted">Whoever comes into this room appears here.</p>
  </div>
);
