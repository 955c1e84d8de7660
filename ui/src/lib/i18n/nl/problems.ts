import { whys } from './whys';

/**
 * What can go wrong, by the office's codes: what happened, what is safe, what to do. `{fact}` is a value that comes
 * along; `{field:name}` is what people call the field.
 */
export type Told = readonly [happened: string, safe: string, action: string];

const codes = {
  no_vault: ['Hier is nog geen kluis.', 'Er ging niets verloren.', 'Begin opnieuw met de eerste stap.'],
  vault_exists: ['Hier is al een kluis.', 'Die bleef onaangeroerd.', 'Open ze met de gewone knop.'],
  vault_missing: [
    'Het bestand van je kluis is weg.',
    'De sleutels liggen er nog, en er kwam geen nieuwe kluis in de plaats.',
    'Zet je nieuwste reservekopie terug in dezelfde map.',
  ],
  vault_truncated: [
    'Het bestand van je kluis is leeg of afgebroken.',
    'Er werd niets aan veranderd.',
    'Zet je nieuwste reservekopie terug.',
  ],
  vault_damaged: [
    'Het bestand van je kluis is beschadigd.',
    'Er werd niets aan veranderd.',
    'Zet je nieuwste reservekopie terug.',
  ],
  vault_mismatch: [
    'Het bestand van je kluis en de sleutels horen niet bij elkaar.',
    'Er werd niets aan veranderd.',
    'Leg de bestanden van één kluis weer samen, of zet een reservekopie terug.',
  ],
  vault_newer: [
    'Deze kluis is gemaakt met een nieuwere Akkoord.',
    'Ze werd niet geopend en niet veranderd.',
    'Zet de nieuwste Akkoord op deze computer.',
  ],
  vault_older: [
    'Deze kluis is nog van een oudere Akkoord.',
    'Er werd niets aan veranderd.',
    'Sluit wat ze gebruikt en open ze hier opnieuw: ze wordt eerst gekopieerd en dan bijgewerkt.',
  ],
  vault_read_only: [
    'De kluis staat alleen open om te lezen.',
    'Er werd niets veranderd.',
    'Sluit wat de kluis vasthoudt en probeer het opnieuw.',
  ],
  vault_rolled_back: [
    'Het bestand van je kluis is een oudere versie van zichzelf: wat er later bij kwam, staat er niet meer in.',
    'De kluis bleef dicht en er werd niets veranderd.',
    'Zet het nieuwere bestand terug. Zette je dit er zelf neer, zeg dat dan hieronder.',
  ],
  settings_damaged: [
    'De instellingen naast je kluis zijn beschadigd.',
    'De kluis bleef dicht: zonder die instellingen weet niemand of dit de nieuwste is.',
    'Zet settings.toml terug uit een kopie. Klopt wat er in de kluis staat, zeg dat dan hieronder.',
  ],
  anchor_lost: [
    'De instellingen naast je kluis waren weg.',
    'Je gegevens zijn er. Of het de nieuwste zijn, kan niemand zeggen.',
    'Kijk na of je laatste wijzigingen er staan.',
  ],
  vault_in_use: [
    'De kluis is in gebruik door {by}.',
    'Er werd niets veranderd.',
    'Sluit dat programma, of wacht even en probeer het opnieuw.',
  ],
  backup_damaged: [
    'Deze reservekopie is niet zoals ze gemaakt werd: ze werd afgekapt of veranderd, of het is er geen.',
    'Er werd niets aangeraakt.',
    'Neem een andere reservekopie.',
  ],
  slots_lost: [
    'De sleutels van je kluis zijn weg of onleesbaar.',
    'De kluis zelf bleef onaangeroerd, en er kwam geen nieuwe sleutel.',
    'Zet keyslots.json terug uit een reservekopie.',
  ],
  no_such_slot: [
    'Zo gaat deze kluis niet open.',
    'Er werd niets veranderd.',
    'Neem een andere weg: je wachtzin, of de code van je noodblad.',
  ],
  wrong_passphrase: [
    'Dat is niet de wachtzin van deze kluis.',
    'Er werd niets veranderd.',
    'Probeer het opnieuw. Let op hoofdletters en spaties.',
  ],
  weak_passphrase: [
    'Die wachtzin is te kort: ze telt minstens {min} tekens.',
    'Er werd niets veranderd.',
    'Neem enkele woorden die alleen jij bij elkaar zet.',
  ],
  recovery_code_mistyped: [
    'Er zit een typfout in de code.',
    'Er werd niets veranderd.',
    'Leg je noodblad ernaast en vergelijk groep per groep.',
  ],
  recovery_code_other: [
    'Die code hoort bij een andere kluis, of er kwam later een nieuw noodblad.',
    'Er werd niets veranderd.',
    'Zoek het blad met het nummer van deze kluis.',
  ],
  no_keychain: [
    'Deze computer heeft geen sleutelbos, of die is nu niet te bereiken.',
    'Je kluis is veilig.',
    'Open met je wachtzin, of met de code van je noodblad.',
  ],
  keychain_locked: [
    'De sleutelbos van deze computer is zelf op slot.',
    'Je kluis is veilig.',
    'Ontgrendel hem, bijvoorbeeld door opnieuw aan te melden, en probeer het opnieuw.',
  ],
  keychain_empty: [
    'De sleutelbos van deze computer heeft geen sleutel voor deze kluis. Hij werd leeggemaakt, of dit is een andere computer of gebruiker.',
    'Je kluis is veilig.',
    'Open met je wachtzin, of met de code van je noodblad.',
  ],
  keychain_other: [
    'De sleutelbos van deze computer heeft een sleutel, maar niet die van deze kluis.',
    'Je kluis is veilig.',
    'Open met je wachtzin, of met de code van je noodblad.',
  ],
  vault_locked: ['De kluis is op slot.', 'Er werd niets veranderd.', 'Open ze en probeer het opnieuw.'],
  no_key_given: [
    'Er is nog niet gekozen hoe de kluis opengaat.',
    'Er werd geen kluis gemaakt.',
    'Kies deze computer, een wachtzin of allebei.',
  ],
  in_profile: [
    'Die map hoort bij de kluis. Daar komen alleen bestanden van Akkoord zelf.',
    'Er werd niets geschreven.',
    'Kies een andere map.',
  ],
  unreadable: [
    'Het bestand {file} kan niet gelezen worden.',
    'Er werd niets veranderd.',
    'Kijk na of het bestaat en of je het mag lezen.',
  ],
  unwritable: [
    '{file} kan niet geschreven worden.',
    'Wat er eerst stond, staat er nog.',
    'Kijk na of je in die map mag schrijven.',
  ],
  disk_full: [
    'De schijf is vol.',
    'Er werd niets veranderd. Wat bewaard was, is bewaard.',
    'Maak plaats en probeer het opnieuw.',
  ],
  system: [
    'De computer weigerde iets wat nodig is.',
    'Er werd niets veranderd.',
    'Probeer het opnieuw. Blijft het zo, start de computer dan opnieuw.',
  ],
  database: [
    'De kluis kon dat niet doen.',
    'Er werd niets veranderd.',
    'Probeer het opnieuw. Blijft het zo, geef dan de details aan wie je helpt.',
  ],
  not_found: ['Dat is er niet of niet meer.', 'Er werd niets veranderd.', 'Kijk de lijst na.'],
  ambiguous: ['Meerdere mensen hebben dat adres.', 'Er werd niets veranderd.', 'Kies er een uit de lijst.'],
  invalid: ['Dat past niet bij {field:name}.', 'Er werd niets veranderd.', 'Kijk het na en probeer het opnieuw.'],
  duplicate: [
    'Er is al iemand met {field:this}.',
    'Er werd niets veranderd.',
    'Bekijk die eerst. Is het toch iemand anders, voeg die dan apart toe.',
  ],
  blocked: [
    'Deze gegevens staan op de blokkeerlijst: de persoon vroeg om gewist te worden.',
    'Er werd niets genoteerd.',
    'Komt die zelf terug, laat die dan eerst weer toe, met de reden.',
  ],
  restricted: [
    'Deze persoon staat op slot sinds {since}.',
    'De gegevens blijven bewaard, en er werd niets veranderd.',
    'Een bezwaar, een intrekking of een verzoek kun je wel noteren. Voor de rest hef je eerst het slot op.',
  ],
  still_needed: [
    'Er is nog een reden om de gegevens van deze persoon te bewaren.',
    'Er werd niemand gewist.',
    'Op de pagina lees je tot wanneer.',
  ],
  already_restricted: [
    'Deze persoon staat al op slot.',
    'Er werd niets veranderd.',
    'Op de pagina lees je sinds wanneer en waarom.',
  ],
  already_undone: ['Die invoer was al ongedaan gemaakt.', 'Er werd niets veranderd.', 'Kijk de lijst van invoeren na.'],
  in_future: [
    'Dat moet nog gebeuren. Je kunt alleen noteren wat geweest is.',
    'Er werd niets genoteerd.',
    'Kijk de datum na, en de klok van deze computer.',
  ],
  request_closed: [
    'Dit verzoek is afgesloten op {on}.',
    'Er werd niets genoteerd.',
    'Een nieuwe vraag is een nieuw verzoek.',
  ],
  too_early: [
    '{on} valt voor {earliest}, toen het verzoek al verder stond.',
    'Er werd niets genoteerd.',
    'Kijk de datum na.',
  ],
  no_reason: ['Er ontbreekt een reden.', 'Er werd niets genoteerd.', 'Schrijf in je eigen woorden waarom.'],
  already_waiting: [
    'Op {since} vroeg je al om een bewijs van identiteit, en dat is er nog niet.',
    'Er werd niets genoteerd.',
    'Noteer eerst wat er binnenkwam.',
  ],
  already_confirmed: ['Je weet al zeker wie het is.', 'Er werd niets genoteerd.', 'Ga verder met het antwoord.'],
  extension_length: [
    'Verlengen kan met één of twee maanden, niet met {months}.',
    'Er werd niets genoteerd.',
    'Kies één of twee maanden.',
  ],
  already_extended: [
    'Dit verzoek kreeg al eens uitstel, en dat kan maar één keer.',
    'Er werd niets genoteerd.',
    'Antwoord op tijd: de datum staat bovenaan.',
  ],
  extension_too_late: [
    'Verlengen kan niet meer: dat moest je laten weten op uiterlijk {last}.',
    'Er werd niets genoteerd.',
    'Antwoord nu, en schrijf erbij waarom het later is.',
  ],
  not_yet: [
    'Dat kan deze versie nog niet.',
    'Er werd niets geschreven.',
    'De gegevens staan op de pagina van het contact, voor een brief van jezelf.',
  ],
  not_confirmed: [
    'Dat kan niet meer ongedaan gemaakt worden, en niemand zei dat het mag.',
    'Er werd niets veranderd.',
    'Lees na wat er gebeurt en kies dan opnieuw.',
  ],
  taken: ['Er is al iets met de naam ‘{given}’.', 'Dat bleef zoals het was.', 'Kies een andere naam.'],
  too_large: [
    '{file} is te groot: er kan hoogstens {max} mee.',
    'Er werd niets bewaard.',
    'Neem een kortere opname of een kleinere scan.',
  ],
  wording_in_use: [
    'Deze tekst is al voorgelezen of getoond, dus hij blijft zoals hij is.',
    'Er werd niets veranderd.',
    'Maak een nieuwe versie van de tekst.',
  ],
  no_wording: [
    'Er is voor dit doel geen tekst in die taal, dus daar kan niemand ja op gezegd hebben.',
    'Er werd niets genoteerd.',
    'Schrijf de tekst bij Instellingen, of kies een andere taal.',
  ],
  builtin_purpose: [
    'Dit doel hoort bij Akkoord: de wet zelf vraagt het.',
    'Er werd niets veranderd.',
    'Maak een eigen doel.',
  ],
  wrong_channel: [
    'Die weg hoort niet bij dit doel of bij dit antwoord.',
    'Er werd niets genoteerd.',
    'Kies een weg die bij het doel staat.',
  ],
  missing_field: [
    'Er is niets om de plaats {field} in de brief mee te vullen.',
    'Er werd geen brief gemaakt.',
    'Vul ze zelf in, of zeg in de instellingen hoe je zaak te bereiken is.',
  ],
  nothing_to_confirm: [
    'Er wacht hier geen antwoord op bevestiging.',
    'Er werd niets genoteerd.',
    'De tijdlijn toont wat er binnenkwam.',
  ],
  already_corrected: [
    'Dat werd al verbeterd.',
    'Er werd niets genoteerd.',
    'Wil je het terug, verbeter dan de verbetering.',
  ],
  not_allowed: [
    'Niemand van hen mag zo bereikt worden.',
    'Er ging niets naar buiten en er werd niets genoteerd.',
    'Kies een andere weg.',
  ],
  server_unreachable: [
    '{server} is niet te bereiken, of brak af.',
    'Wat al weg was, staat genoteerd; de rest is niet verstuurd.',
    'Kijk het netwerk na en probeer opnieuw: het gaat verder waar het stopte.',
  ],
  server_slow: [
    '{server} doet er te lang over.',
    'Wat al weg was, staat genoteerd; de rest is niet verstuurd.',
    'Probeer het later opnieuw: het gaat verder waar het stopte.',
  ],
  server_untrusted: [
    '{server} kan niet bewijzen dat het is wat het zegt: het certificaat klopt niet.',
    'Er werd niets verstuurd.',
    'Vraag het aan wie de server beheert.',
  ],
  server_refused: [
    '{server} aanvaardt deze naam en dit wachtwoord niet.',
    'Er werd niets verstuurd.',
    'Vul naam en wachtwoord opnieuw in.',
  ],
  server_answer: [
    '{server} antwoordt anders dan het hoort.',
    'Wat al weg was, staat genoteerd; de rest is niet verstuurd.',
    'Kijk het adres van de server na.',
  ],
  no_password: [
    'Deze computer heeft geen wachtwoord voor {connection}.',
    'Er werd niets verstuurd.',
    'Vul het wachtwoord in.',
  ],
  no_mail_account: [
    'Er is nog geen mailaccount ingesteld.',
    'Er werd niets verstuurd.',
    'Stel je mailaccount één keer in.',
  ],
  no_mail_password: ['Deze computer heeft geen wachtwoord voor {user}.', 'De mails wachten.', 'Vul het wachtwoord in.'],
  mail_refused: ['{server} neemt deze mail niet aan.', 'De mail staat nog bij jou.', 'De server zegt: {answer}.'],
  changed: ['Dit veranderde terwijl je keek.', 'Er gebeurde niets.', 'Lees na wat er nu staat, en kies opnieuw.'],
  cancelled: ['Gestopt.', 'Er werd niets veranderd.', 'Begin opnieuw als je het toch wilt.'],
  unknown: ['Er ging iets mis.', 'Wat bewaard was, is bewaard.', 'Probeer het opnieuw.'],
} satisfies Record<string, Told>;

/** What stands in for a fact that is empty. */
const someone = { by: 'een ander programma', file: 'Het bestand' };

export const problems: {
  codes: Record<keyof typeof codes, Told>;
  whys: Record<keyof typeof whys, Told>;
  someone: typeof someone;
  thisField: (name: string) => string;
} = { codes, whys, someone, thisField: (name) => `dezelfde ${name}` };

export type Problems = typeof problems;
