/** The mark: two people speaking in turn. */
export const Logo = ({ wordmark = true }: { readonly wordmark?: boolean }) => (
  <span className="logo">
    <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path
        className="logo-first"
        d="M5 4h13a5 5 0 0 1 5 5v4a5 5 0 0 1-5 5h-7l-5 4.5V18H5a3 3 0 0 1-3-3V7a3 3 0 0 1 3-3Z"
      />
      <path
        className="logo-second"
        d="M26 10.5a4 4 0 0 1 4 4V21a4 4 0 0 1-3 3.9V30l-5.5-5H14a4 4 0 0 1-3.6-2.3l1.4-1.2H19a7.5 7.5 0 0 0 7-7.5Z"
      />
    </svg>
    {wordmark ? <span className="logo-word">Parley</span> : null}
  </span>
);
