/** What Akkoord is, in a few sentences. */

export const about = {
  language: 'nl',
  promise: 'Weet waar je klanten ja op zeiden, en toon het aan',
  lead: 'Akkoord zegt van elke klant wat mag: mailen, bellen, doorgeven, of niets van dat alles.',
  facts: [
    {
      icon: 'computer',
      title: 'Alles blijft op deze computer',
      text: 'In één versleuteld bestand. Je hebt geen account nodig.',
    },
    {
      icon: 'offline',
      title: 'Er gaat niets vanzelf naar buiten',
      text: 'Akkoord werkt zonder internet en meldt niets.',
    },
    {
      icon: 'leave',
      title: 'Je kunt altijd weg',
      text: 'Wat een klant je gaf, gaat mee als gewone bestanden.',
    },
  ],
  today: {
    title: 'Deze versie werkt in de terminal',
    text: 'Contacten inlezen, een ja aan de telefoon vastleggen met bewijs, vragen of je iemand mag bereiken, een verzoek op tijd beantwoorden: dat doe je nu met akkoord-cli. Dit venster zegt alleen wat Akkoord is; in een volgende versie werk je hier.',
    help: 'Begin met',
  },
  version: 'Versie',
  licence: 'Vrije software onder de GPL, versie 3 of later',
};

export type About = typeof about;
