export interface TextPart {
  readonly text: string;
  readonly href?: string;
}

/** URL.canParse came to Safari only with version 17. */
const isAddress = (text: string): boolean => {
  try {
    return new URL(text).host !== '';
  } catch {
    return false;
  }
};

/** Splits a message into plain text and web addresses; punctuation that ends a sentence is not part of an address. */
export const linkify = (text: string): readonly TextPart[] => {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(/\bhttps?:\/\/[^\s<>"']+/giu)) {
    const address = match[0].replace(/[.,;:!?)\]}]+$/u, '');
    if (!isAddress(address)) continue;
    if (match.index > from) parts.push({ text: text.slice(from, match.index) });
    parts.push({ text: address, href: address });
    from = match.index + address.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from) });
  return parts;
};
