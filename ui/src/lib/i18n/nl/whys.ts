import type { Told } from './problems';

/** Where the fact `why` says more than the code does. */
export const whys = {
  length: [
    'De code telt {expected} tekens, en hier staan er {given}.',
    'Er werd niets veranderd.',
    'Leg je noodblad ernaast en vergelijk groep per groep.',
  ],
  character: [
    'Teken {position} komt in geen enkele code voor.',
    'Er werd niets veranderd.',
    'Kijk dat teken na op je noodblad.',
  ],
  checksum: [
    'Er zit een typfout in de code.',
    'Er werd niets veranderd.',
    'Leg je noodblad ernaast en vergelijk groep per groep.',
  ],
  empty: ['{field:Name} is nog leeg.', 'Er werd niets veranderd.', 'Vul het in.'],
  empty_file: ['Het bestand {file} is leeg.', 'Er werd niets ingevoerd.', 'Exporteer het opnieuw.'],
  field_taken: ['Er is al een veld met die naam.', 'Dat bleef zoals het was.', 'Kies een andere naam.'],
  no_date: ['Dat is geen datum.', 'Er werd niets veranderd.', 'Schrijf ze als 24/2/2026.'],
  no_number: ['Dat is geen getal.', 'Er werd niets veranderd.', 'Schrijf cijfers, bijvoorbeeld 12 of 12,5.'],
  no_email: ['Dat is geen e-mailadres.', 'Er werd niets veranderd.', 'Een adres ziet eruit als naam@voorbeeld.be.'],
  no_phone: [
    'Dat is geen telefoonnummer.',
    'Er werd niets veranderd.',
    'Schrijf het zoals je het belt, bijvoorbeeld 0475 12 34 56.',
  ],
  saved_only: [
    'Zo’n bestand kan een programma starten.',
    'Akkoord opende het niet.',
    'Bewaar het en bekijk eerst van wie het komt.',
  ],
  there_already: ['Dat staat er al.', 'Er werd niets veranderd.', 'Verwijder wat er te veel is.'],
  changed_since: ['Dat is intussen opnieuw veranderd.', 'Dat bleef zoals het is.', 'Pas het zelf aan.'],
  before_the_data: [
    'Op {on} stonden hun gegevens nog niet in Akkoord.',
    'Er werd niets genoteerd.',
    'Vul een dag in vanaf {earliest}.',
  ],
  unknown_country: [
    'Van dat land kent Akkoord de regels nog niet.',
    'Er werd niets veranderd.',
    'Kies een land uit de lijst.',
  ],
  no_key: [
    'Een korte naam heeft alleen kleine letters, cijfers en _.',
    'Er werd niets veranderd.',
    'Bijvoorbeeld: schoenmaat.',
  ],
  no_purpose_key: [
    'Een korte naam heeft 1 tot 40 kleine letters, cijfers, _ of -.',
    'Er werd niets veranderd.',
    'Bijvoorbeeld: nieuwsbrief.',
  ],
  no_connection_key: [
    'Een korte naam heeft 1 tot 40 kleine letters, cijfers, _ of -.',
    'Er werd niets veranderd.',
    'Bijvoorbeeld: postduif.',
  ],
  not_there: [
    'Voor zover Akkoord weet staat die persoon daar niet.',
    'Er werd niets veranderd.',
    'Kijk het overzicht nog eens na.',
  ],
  no_https: [
    'Het adres van een adresboek begint met https, zodat niemand meeleest.',
    'Er werd niets veranderd.',
    'Vraag het aan wie het adresboek beheert.',
  ],
  no_address_book: ['Dit is een bestand, geen adresboek.', 'Er werd niets verstuurd.', 'Maak het bestand.'],
  only_of_an_address_book: [
    'Dat hoort alleen bij een adresboek.',
    'Er werd niets veranderd.',
    'Laat het weg bij een bestand.',
  ],
  single_value: ['{field:Name} heeft maar één waarde.', 'Er werd niets veranderd.', 'Vervang wat er staat.'],
  no_restriction: [
    'Er is geen slot om op te heffen.',
    'Er werd niets veranderd.',
    'Op de pagina zie je hoe het ervoor staat.',
  ],
  before_the_restriction: [
    'Die dag valt voor de dag waarop het slot erop ging.',
    'Er werd niets veranderd.',
    'Vul de dag in waarop je liet weten dat het slot eraf gaat.',
  ],
  set_twice: ['{field:Name} kan maar één waarde krijgen.', 'Er werd niets veranderd.', 'Vul één waarde in.'],
  one_label: ['In een label staat geen komma.', 'Er werd niets veranderd.', 'Geef de labels een voor een.'],
  no_span: ['Dat is geen tijdsduur.', 'Er werd niets veranderd.', 'Kies een aantal maanden of jaren.'],
  too_long: ['{field:Name} telt meer dan {max} letters.', 'Er werd niets veranderd.', 'Zoek een kortere naam.'],
  longer_than_agreed: [
    'Mensen zeiden ja voor een kortere tijd, en een ja duurt nooit langer dan er gezegd werd.',
    'Er werd niets veranderd.',
    'Neem een kortere tijd, of vraag het opnieuw voor een ander doel.',
  ],
  no_objection: [
    'Er is geen bezwaar om op te heffen.',
    'Er werd niets veranderd.',
    'De pagina toont wat er tegenhoudt.',
  ],
  no_folder: ['Dat is geen map.', 'De map van daarnet blijft.', 'Schrijf ze helemaal, zoals ze in je bestanden heet.'],
  no_language: ['Die taal kent Akkoord niet.', 'Er werd niets veranderd.', 'Kies een taal uit de lijst.'],
  no_instant: ['Dat is geen datum of tijd.', 'Er werd niets veranderd.', 'Schrijf bijvoorbeeld 24/2 en 9.12.'],
  only_of_a_yes: ['Dat hoort alleen bij een ja.', 'Er werd niets genoteerd.', 'Laat het weg bij een nee.'],
  before_the_answer: [
    'Die einddatum valt voor het antwoord zelf.',
    'Er werd niets genoteerd.',
    'Het is de laatste dag waarop de ja geldt.',
  ],
  not_utf8: [
    '{file} is geen gewone tekst.',
    'Er werd niets veranderd.',
    'Bewaar het als tekst en probeer het opnieuw.',
  ],
  no_plain_file: ['{file} is geen gewoon bestand.', 'Er werd niets genoteerd.', 'Kies het bestand zelf, geen map.'],
  recorded_only: [
    '{file} kon niet op zijn plaats gezet worden, al staat in het logboek dat het gemaakt is.',
    'Er bleef geen bestand achter.',
    'Maak het opnieuw, in een andere map.',
  ],
  empty_proof: [
    '{file} is leeg: het toont niets.',
    'Er werd niets genoteerd.',
    'Kijk na of het het juiste bestand is.',
  ],
  same_contact: ['Dat is al één en hetzelfde contact.', 'Er werd niets veranderd.', 'Kies twee verschillende.'],
  io: ['Het bestand kan niet gelezen worden.', 'Er werd niets veranderd.', 'Kijk na of het bestaat.'],
  no_rows: [
    'Het bestand heeft een eerste regel met namen, en daaronder niemand.',
    'Er werd niets ingevoerd.',
    'Exporteer het opnieuw, met de contacten.',
  ],
  no_header: [
    'Het bestand heeft geen eerste regel met de namen van de kolommen.',
    'Er werd niets ingevoerd.',
    'Exporteer het opnieuw, met die regel.',
  ],
  needs_mapping: [
    'Akkoord kent de kolommen van dit bestand niet.',
    'Er werd niets ingevoerd.',
    'Geef ze in je rekenblad gewone namen, zoals Voornaam, Achternaam, E-mail en Telefoon, en kies het opnieuw.',
  ],
  other_format: [
    'Het bestand is niet van de soort die je koos.',
    'Er werd niets ingevoerd.',
    'Laat Akkoord zelf zien welke soort het is.',
  ],
  binary: [
    'Dit bestand is geen tekst: het is een foto, een archief of een document, of het is beschadigd.',
    'Er werd niets ingevoerd.',
    'Exporteer je contacten als csv.',
  ],
  unsupported_format: [
    'Bestanden van deze soort kan Akkoord nog niet lezen.',
    'Er werd niets ingevoerd.',
    'Exporteer je contacten als csv.',
  ],
  unclosed_quote: [
    'Een aanhalingsteken op regel {line} wordt nergens gesloten, dus niemand weet waar de rijen eindigen.',
    'Er werd niets ingevoerd.',
    'Sluit het of haal het weg, of exporteer opnieuw.',
  ],
  too_many_columns: [
    'Het bestand heeft meer kolommen dan een adresboek ooit heeft.',
    'Er werd niets ingevoerd.',
    'Kijk na of het het juiste bestand is, of kies het scheidingsteken zelf.',
  ],
  header_too_large: [
    'De eerste regel is veel te lang.',
    'Er werd niets ingevoerd.',
    'Kijk na of het het juiste bestand is.',
  ],
  changed_while_reading: [
    'Het bestand veranderde terwijl het gelezen werd.',
    'Er werd niets ingevoerd.',
    'Sluit het programma dat erin schrijft en probeer het opnieuw.',
  ],
  unknown_encoding: ['Die tekencodering bestaat niet.', 'Er werd niets ingevoerd.', 'Kies er een uit de lijst.'],
  not_a_delimiter: [
    'Dat teken kan niet tussen cellen staan.',
    'Er werd niets ingevoerd.',
    'Kies komma, puntkomma of tab.',
  ],
  unknown_column: ['Het bestand heeft die kolom niet.', 'Er werd niets ingevoerd.', 'Kies uit de lijst.'],
  no_columns: ['Van geen enkele kolom is gezegd wat ze betekent.', 'Er werd niets ingevoerd.', 'Kies er minstens een.'],
} satisfies Record<string, Told>;
