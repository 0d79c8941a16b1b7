import type { ReactNode } from 'react';
import { reactionSign } from './reaction-kinds.js';

const SKIN = '#f6bf45';
const SHADE = '#c98a1b';
const DARK = '#4a2508';

const Face = ({ children }: { readonly children: ReactNode }) => (
  <>
    <circle cx="16" cy="16" r="13" fill={SKIN} stroke={SHADE} />
    {children}
  </>
);
const hand = (fill: string) => (
  <g fill={fill} stroke={SHADE} strokeWidth="0.8">
    <rect x="8" y="4" width="4.2" height="14" rx="2.1" />
    <rect x="11.8" y="2.5" width="4.2" height="14" rx="2.1" />
    <rect x="15.6" y="4" width="4.2" height="14" rx="2.1" />
    <path d="M5 13.500a2 2 0 0 1 3.6-1.200l1.4 2h9.800V20a7 7 0 0 1-7 7h-.800a7 7 0 0 1-6.2-4.500Z" />
  </g>
);

/** Drawn, on a grid of 32 by 32: not every system has a font of emoji. */
const PICTURES: Readonly<Record<string, ReactNode>> = {
  thumbs_up: (
    <>
      <rect x="4" y="14.5" width="6" height="13" rx="2" fill="#3f74d6" />
      <path
        d="M11.5 15.5 15.8 5.800c.800-2 4.2-1.5 4.2 1.700l-.900 5.500h6.400a2.4 2.4 0 0 1 1.4 4.3 2.4 2.4 0 0 1-.600 3.9 2.3 2.3 0 0 1-1 3.400c.200 1.5-.800 2.6-2.3 2.600h-8l-3.5-1.400Z"
        fill={SKIN}
        stroke={SHADE}
      />
    </>
  ),
  clap: (
    <>
      <g transform="rotate(14 16 16) translate(6 2.5) scale(0.95)">{hand('#e5a52f')}</g>
      <g transform="rotate(-22 16 16) translate(-0.5 3) scale(0.95)">{hand(SKIN)}</g>
      <path
        d="M21 3.500v3M25.5 4.500l-1.5 2.700M29 8l-2.7 1.6"
        stroke="#e07a2f"
        strokeWidth="1.8"
        strokeLinecap="round"
      />
    </>
  ),
  heart: (
    <path
      d="M16 28C5.5 20.5 2.6 15 4.2 10.3 5.9 5.5 12.4 4.8 16 10.300c3.6-5.5 10.1-4.8 11.8 0C29.4 15 26.5 20.5 16 28Z"
      fill="#e0354a"
    />
  ),
  laugh: (
    <Face>
      <path
        d="M8 13.500q2.5-3.5 5 0M19 13.500q2.5-3.5 5 0"
        fill="none"
        stroke={DARK}
        strokeWidth="1.8"
        strokeLinecap="round"
      />
      <path d="M7.8 17h16.400a8.2 8.2 0 0 1-16.4 0Z" fill={DARK} />
      <path d="M9 17h14v1.800a2 2 0 0 1-2 1.200H11a2 2 0 0 1-2-1.200Z" fill="#ffffff" />
      <path
        d="M6.5 14.500c-3 1.8-4.3 4-3 5.500s4 .500 4-3.500ZM25.5 14.500c3 1.8 4.3 4 3 5.500s-4 .500-4-3.500Z"
        fill="#4aa7ee"
      />
    </Face>
  ),
  surprise: (
    <Face>
      <circle cx="11" cy="13" r="2" fill={DARK} />
      <circle cx="21" cy="13" r="2" fill={DARK} />
      <path
        d="M8.5 8.600q2-1.8 4-.800M23.5 8.600q-2-1.8-4-.800"
        fill="none"
        stroke={DARK}
        strokeWidth="1.5"
        strokeLinecap="round"
      />
      <ellipse cx="16" cy="21.5" rx="3.6" ry="4.5" fill={DARK} />
    </Face>
  ),
  celebrate: (
    <>
      <path d="M4 28 11 11.5 20.5 21Z" fill={SKIN} stroke={SHADE} />
      <path d="m9.3 15.6 7.2 7.200M7.2 20.500l4.3 4.3" stroke="#e0354a" strokeWidth="2" />
      <path
        d="M16 13c1-4-1.5-6 .500-9.500M19.5 16c4-1 6 1.5 9.5-.500M17.5 14.500c3-2 4-5 8.5-6.5"
        fill="none"
        stroke="#3f74d6"
        strokeWidth="1.8"
        strokeLinecap="round"
      />
      <g>
        <circle cx="10" cy="6" r="1.7" fill="#e0354a" />
        <circle cx="22" cy="4" r="1.6" fill="#2fa58d" />
        <circle cx="28" cy="9.5" r="1.5" fill="#e0354a" />
        <circle cx="26" cy="21" r="1.7" fill="#2fa58d" />
        <rect x="20" y="9" width="2.6" height="2.6" rx="0.5" fill="#e07a2f" transform="rotate(20 21 10)" />
      </g>
    </>
  ),
};

/** A reaction as a picture; one that is not drawn as its emoji. */
export const ReactionPicture = ({ type }: { readonly type: string }) => {
  const picture = Object.hasOwn(PICTURES, type) ? PICTURES[type] : undefined;
  return picture ? (
    <svg className="reaction-picture" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      {picture}
    </svg>
  ) : (
    <span aria-hidden="true">{reactionSign(type)}</span>
  );
};
