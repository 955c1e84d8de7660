/** Own fields in which one of a few texts is chosen. */
export const choices = {
  title: (field: string) => `Keuzes van ${field}`,
  label: 'Waaruit je kunt kiezen',
  hint: 'Eén keuze per regel, in de volgorde waarin je ze wilt zien.',
  missing: 'Zet hier minstens één keuze.',
  edit: 'Aanpassen',
  editOf: (field: string) => `Keuzes van ${field} aanpassen`,
  none: 'Nog geen keuzes',
  save: 'Keuzes bewaren',
  saved: (field: string) => `De keuzes van ${field} zijn aangepast.`,
  usedTitle: 'Die blijven staan, want er zijn contacten die ze hebben:',
  used: (choice: string, count: number, said: string) =>
    `${choice}, bij ${count === 1 ? '1 contact' : `${said} contacten`}`,
  rename: 'Hernoemen',
  renameOf: (choice: string) => `${choice} hernoemen`,
  renameTo: (choice: string) => `Nieuwe tekst voor ${choice}`,
  renamed: (from: string, to: string) => `${from} is nu ${to}, ook bij wie het had.`,
  empty: 'Niets gekozen',
  wrong: 'Dat is geen keuze meer van dit veld. Kies opnieuw.',
};

export type Choices = typeof choices;
