/** What Akkoord stands for, beside the first questions that it asks. */
export const about = {
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
  licence: 'Vrije software onder de GPL, versie 3 of later',
};

export type About = typeof about;
