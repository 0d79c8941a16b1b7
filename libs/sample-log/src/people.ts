import type { Principal } from '#libs/domain';

const NAMES = `Ada Lindqvist, Grace Okafor, Edsger de Vries, Barbara Rossi, Donald Nakamura, Radia Haddad, Alan Fischer,
Katherine Dubois, Linus Korhonen, Margaret Silva, Niklaus Meyer, Frances Novak, Tim Adeyemi, Sophie Laurent, Ken Yamada,
Hedy Berger, Dennis Costa, Shafi Cohen, Leslie Moreau, Joan Petrov, John Mbeki, Evelyn Santos, Tony Larsen, Mary Kovac,
Vint Andersson, Karen Ivanova, Bjarne Holm, Anita Sharma, Guido Bakker, Lynn Castillo, James Ndiaye, Elena Popescu,
Rasmus Nielsen, Adele Schulz, Yukihiro Sato, Ellen Murphy, Brian Walsh, Irene Greco, Larry Quinn, Lotfi Rahimi,
Manuel Ortega, Jean Lefevre, Robin Jansen, Susan Becker, Peter Horvat, Monica Ferrari, Carl Lund, Ruth Amsel, Ivan Sokolov,
Nadia Karimi, Oscar Nyman, Paula Reyes, Quentin Blanc, Rosa Alvarez, Stefan Wagner, Tess Oduya, Ulrich Maier, Vera Toth,
Wim Claes, Xenia Orlova`;

/** Everybody in the company. Those who are together every day come first. */
export const PEOPLE: readonly Principal[] = NAMES.split(/,\s+/u).map(name => {
  const userId = name.split(' ')[0]!.toLowerCase();
  return { userId, name, email: `${userId}@example.com`, roles: [] };
});

/** People from elsewhere, who come without an account. */
export const GUESTS: readonly Principal[] = ['Cleo Marsh', 'Dario Conti', 'Mallory', 'Imani Otieno'].map(
  name => ({
    userId: `guest-${name.split(' ')[0]!.toLowerCase()}`,
    name,
    roles: ['guest'],
  }),
);

export const person = (userId: string): Principal => {
  const found = [...PEOPLE, ...GUESTS].find(one => one.userId === userId);
  if (!found) throw new Error(`Nobody is called ${userId}`);
  return found;
};
