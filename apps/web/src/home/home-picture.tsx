/** A meeting as one imagines it, for wide screens. */
export const HomePicture = () => (
  <svg className="home-picture" viewBox="0 0 520 440" aria-hidden="true" focusable="false">
    <defs>
      <clipPath id="tile-a">
        <rect x="20" y="30" width="280" height="190" rx="22" />
      </clipPath>
      <clipPath id="tile-b">
        <rect x="316" y="72" width="184" height="148" rx="22" />
      </clipPath>
      <clipPath id="tile-c">
        <rect x="64" y="236" width="190" height="150" rx="22" />
      </clipPath>
      <clipPath id="tile-d">
        <rect x="270" y="236" width="214" height="170" rx="22" />
      </clipPath>
    </defs>
    <g clipPath="url(#tile-a)">
      <rect className="pic-teal" x="20" y="30" width="280" height="190" />
      <circle className="pic-sun" cx="252" cy="76" r="26" />
      <path className="pic-cloth-a" d="M70 220c4-52 38-74 90-74s86 22 90 74Z" />
      <path className="pic-skin-a" d="M142 128h36v28a18 18 0 0 1-36 0Z" />
      <circle className="pic-skin-a" cx="160" cy="104" r="40" />
      <path
        className="pic-hair-a"
        d="M117 108c-8-40 18-62 46-60 30 2 48 26 40 60-6-22-22-30-46-30-20 0-34 8-40 30Z"
      />
    </g>
    <rect className="pic-ring" x="20" y="30" width="280" height="190" rx="22" />
    <g clipPath="url(#tile-b)">
      <rect className="pic-sand" x="316" y="72" width="184" height="148" />
      <path className="pic-hair-b" d="M370 196c-10-44-10-106 38-106s48 62 38 106Z" />
      <path className="pic-skin-b" d="M394 150h28v28a14 14 0 0 1-28 0Z" />
      <path className="pic-cloth-b" d="M344 220c2-34 22-50 50-53a14 14 0 0 0 28 0c28 3 48 19 50 53Z" />
      <circle className="pic-skin-b" cx="408" cy="132" r="30" />
      <path
        className="pic-hair-b"
        d="M377 134c-4-24 10-40 31-40s35 16 31 40c-6-10-14-17-20-25-10 8-28 14-42 25Z"
      />
    </g>
    <g clipPath="url(#tile-c)">
      <rect className="pic-coral" x="64" y="236" width="190" height="150" />
      <path className="pic-cloth-c" d="M92 386c2-40 26-56 66-56s64 16 66 56Z" />
      <path className="pic-skin-c" d="M144 316h30v24a15 15 0 0 1-30 0Z" />
      <circle className="pic-skin-c" cx="159" cy="296" r="31" />
      <path
        className="pic-hair-c"
        d="M127 296c-2-30 12-42 32-42s36 12 32 42c-4-16-12-20-32-20s-28 4-32 20Z"
      />
      <path
        className="pic-hair-c"
        d="M132 304c2 26 14 36 27 36s25-10 27-36c-4 10-8 12-14 12-6-4-20-4-26 0-6 0-10-2-14-12Z"
      />
    </g>
    <g clipPath="url(#tile-d)">
      <rect className="pic-ink" x="270" y="236" width="214" height="170" />
      <circle className="pic-avatar" cx="377" cy="316" r="44" />
      <text className="pic-initials" x="377" y="328" textAnchor="middle">
        JB
      </text>
    </g>
    <g className="pic-bar">
      <rect x="174" y="390" width="172" height="46" rx="23" />
      <circle className="pic-dot" cx="208" cy="413" r="12" />
      <circle className="pic-dot" cx="243" cy="413" r="12" />
      <circle className="pic-dot" cx="278" cy="413" r="12" />
      <circle className="pic-dot-red" cx="313" cy="413" r="12" />
    </g>
    <g className="pic-bubble">
      <path d="M338 14h112a16 16 0 0 1 16 16v12a16 16 0 0 1-16 16h-82l-18 14V58h-12a16 16 0 0 1-16-16V30a16 16 0 0 1 16-16Z" />
      <path className="pic-line" d="M344 30h96M344 43h60" />
    </g>
  </svg>
);
