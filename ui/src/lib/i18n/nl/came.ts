/** Where an answer or somebody's data came from. */
export const came = {
  kicker: 'Toestemming noteren',
  fold: 'Kwam het niet aan de telefoon?',
  how: 'Hoe het antwoord kwam',
  waits: 'Een ja op je website of per e-mail telt pas als het bevestigd is.',
  more: 'Pagina, IP-adres of plaats',
  url: 'Adres van de pagina',
  urlHint: 'Bijvoorbeeld www.voorbeeld.be/nieuws.',
  ip: 'IP-adres',
  ipHint: 'Het staat vaak bij wat het formulier je stuurde.',
  place: 'Plaats',
  placeHint: 'Bijvoorbeeld de beurs in Gent.',
  origin: (where: string) => `Herkomst: ${where}`,
};

export type Came = typeof came;
