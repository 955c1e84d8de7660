/** What the law says about a purpose, in words that the owner understands. */
export const purposes = {
  law: 'Wat de wet erover zegt',
  soft: {
    label: 'Ook zonder ja aan bestaande klanten',
    hint: 'Mag als het over gelijkaardige producten gaat, wie je het adres gaf toen al nee kon zeggen, en elk bericht een uitweg heeft. Adressen van anderen vallen weg.',
    on: 'Bestaande klanten mag je mailen over gelijkaardige producten, tot ze nee zeggen.',
    off: 'Mailen, sms’en of een bericht sturen kan pas na een ja.',
    notHere: (country: string) => `In ${country} mag reclame per mail, sms of bericht pas na een ja.`,
  },
  special: {
    label: 'Gaat over gezondheid, geloof, afkomst of iets dat even gevoelig is',
    hint: 'Dan telt alleen een uitdrukkelijk ja. Zeg dat zo in de vraag.',
    on: 'Alleen een uitdrukkelijk ja telt, want het gaat over iets heel persoonlijks.',
  },
  child: (country: string, age: number) =>
    `Wie jonger is dan ${age} jaar, zegt in ${country} ja samen met een ouder of voogd.`,
  phone: {
    consent: (country: string) => `Bellen met reclame mag in ${country} alleen na een ja, ook bij eigen klanten.`,
    consentOwn: (country: string) =>
      `Bellen met reclame mag in ${country} alleen na een ja. Voor eigen klanten bestaat er een uitzondering; Akkoord neemt ze niet, want het weet niet wie klant is.`,
    consentContract: (country: string) =>
      `Bellen met reclame mag in ${country} alleen na een ja, behalve over een contract dat loopt.`,
    register: (country: string, register: string) =>
      `Bel je in ${country} met reclame wie geen ja zei, kijk dan eerst na of het nummer in ${register} staat.`,
    opt_out: (country: string) => `Bellen met reclame mag in ${country} tot iemand bezwaar maakt.`,
    since: (day: string) => `Dat geldt sinds ${day}.`,
    unverified: 'Dit komt uit algemene kennis: kijk het na als het erop aankomt.',
    aRegister: 'het bel-me-niet-register',
  },
};

export type Purposes = typeof purposes;
