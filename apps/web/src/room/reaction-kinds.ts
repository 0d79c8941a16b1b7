/** Reactions to choose from, by the word for them on the wire. */
export const REACTIONS = [
  { type: 'thumbs_up', sign: '👍', name: 'Thumbs up' },
  { type: 'clap', sign: '👏', name: 'Clap' },
  { type: 'heart', sign: '❤️', name: 'Heart' },
  { type: 'laugh', sign: '😂', name: 'Laugh' },
  { type: 'surprise', sign: '😮', name: 'Surprise' },
  { type: 'celebrate', sign: '🎉', name: 'Celebrate' },
] as const;

/** What to show for a reaction; other clients may send other words, or an emoji as it is. */
export const reactionSign = (type: string): { readonly sign: string; readonly name: string } =>
  REACTIONS.find(known => known.type === type) ?? {
    sign: /\p{Extended_Pictographic}/u.test(type) ? type : '💬',
    name: type.replaceAll('_', ' '),
  };
