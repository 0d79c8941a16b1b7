/** Reactions to choose from, by the word for them on the wire. */
export const REACTIONS = [
  { type: 'thumbs_up', name: 'Thumbs up' },
  { type: 'clap', name: 'Clap' },
  { type: 'heart', name: 'Heart' },
  { type: 'laugh', name: 'Laugh' },
  { type: 'surprise', name: 'Surprise' },
  { type: 'celebrate', name: 'Celebrate' },
] as const;

/** What a reaction is called; other clients may send words that are not among these, or an emoji. */
export const reactionName = (type: string): string =>
  REACTIONS.find(known => known.type === type)?.name ?? type.replaceAll('_', ' ');

/** What stands for a reaction that is not among these: the emoji it is, or that somebody said something. */
export const reactionSign = (type: string): string => (/\p{Extended_Pictographic}/u.test(type) ? type : '💬');
