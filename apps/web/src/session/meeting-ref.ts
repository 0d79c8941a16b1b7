/** Where a link leads: to a meeting by its id, or to the room of a name. */
export type MeetingRef =
  { readonly kind: 'meeting'; readonly meetingId: string } | { readonly kind: 'room'; readonly name: string };

/** A ULID: 26 characters of Crockford's base 32, the first at most 7 (https://github.com/ulid/spec). */
const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** Ids are written in capitals; a room name is in small letters in links, so that the two do not meet. */
export const meetingRef = (ref: string): MeetingRef =>
  ULID.test(ref) ? { kind: 'meeting', meetingId: ref } : { kind: 'room', name: ref };

/** The name of a room as it stands in links: what people type, in small letters, with dashes for spaces. */
export const roomSlug = (typed: string): string =>
  typed.trim().normalize('NFC').toLowerCase().replace(/\s+/gu, '-');

/** 1 to 64 letters, digits, dots, dashes or underscores, beginning with a letter or digit; the server holds the same rule. */
export const isRoomSlug = (slug: string): boolean => /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u.test(slug);

/** The room or meeting meant by what was typed or pasted: a name, or a whole link to a meeting. */
export const refFromInput = (typed: string): string => {
  const link = /^https?:\/\/[^/\s]+\/m\/([^/?#\s]+)/i.exec(typed.trim());
  if (!link?.[1]) return roomSlug(typed);
  try {
    return decodeURIComponent(link[1]);
  } catch {
    return link[1];
  }
};
