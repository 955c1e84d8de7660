//! Names, towns and words in the languages of the Low Countries and their neighbours.

/// What people are called and where they live, in one language.
pub(super) struct Place {
    pub(super) country: &'static str,
    pub(super) code: &'static str,
    /// Out of a hundred people.
    pub(super) share: u64,
    pub(super) first: &'static [&'static str],
    /// Family names are put together from these: a beginning and an end.
    pub(super) last: (&'static [&'static str], &'static [&'static str]),
    pub(super) streets: &'static [&'static str],
    pub(super) towns: &'static [(&'static str, &'static str)],
    pub(super) mobile: &'static [&'static str],
    pub(super) fixed: &'static [&'static str],
}

const FLEMISH: &[&str] = &[
    "Jan", "An", "Pieter", "Katrien", "Joris", "Liesbeth", "Wout", "Griet", "Bram", "Els", "Tom", "Sofie", "Koen",
    "Nele", "Stijn", "Hilde", "Jef", "Marijke", "Lowie", "Femke", "Maarten", "Saskia", "Dirk", "Noëlla", "René",
    "Renée", "Zoë", "Jürgen", "Anaïs", "Lieve",
];
const FRENCH: &[&str] = &[
    "Jean",
    "Élise",
    "François",
    "Chloé",
    "Benoît",
    "Hélène",
    "Étienne",
    "Aurélie",
    "Jérôme",
    "Céline",
    "Gaël",
    "Noémie",
    "Loïc",
    "Margaux",
    "Thérèse",
    "Michel",
    "Anne-Sophie",
    "Jean-Luc",
    "Zoé",
    "Léa",
];
const GERMAN: &[&str] = &[
    "Jürgen",
    "Käthe",
    "Björn",
    "Sören",
    "Günther",
    "Ute",
    "Heike",
    "Jörg",
    "Bärbel",
    "Max",
    "Anneliese",
    "Klaus",
    "Lena",
    "Matthias",
    "Uwe",
    "Sabine",
    "Wolfgang",
    "Ümit",
];
pub(super) const TITLES: &[&str] =
    &["Zaakvoerder", "Aankoper", "Directrice", "Comptable", "Einkäufer", "Boekhouder", "Vertegenwoordiger"];
pub(super) const TRADES: &[&str] =
    &["Bakkerij", "Garage", "Boulangerie", "Drukkerij", "Schreinerei", "Studio", "Brouwerij", "Cabinet"];
pub(super) const FORMS: &[&str] = &["BV", "NV", "SRL", "SA", "GmbH", "VOF", "& Zonen", "& Fils"];
pub(super) const DEPARTMENTS: &[&str] = &["Verkoop", "Aankoop", "IT", "Boekhouding", "Ventes", "Einkauf"];
pub(super) const PREFIXES: &[&str] = &["Dr.", "Mr.", "Mevr.", "Mme", "Herr"];
pub(super) const LABELS: &[&str] =
    &["* myContacts", "* myContacts ::: Klanten", "Leveranciers ::: * myContacts", "Nieuwsbrief ::: * myContacts", ""];
pub(super) const NOTES: &[&str] = &[
    "",
    "",
    "",
    "",
    "Klant sinds 2019",
    "Gebeld op maandag,\nwil nieuwsbrief per mail",
    "Ontmoet op beurs \"Horeca Expo\", Gent",
    "=HYPERLINK(\"http://example.test\",\"klik\")",
    "+belt terug na 17u",
    "-10% korting afgesproken",
    "@kantoor",
    "Préfère le français ☎️",
    "Bitte nur per Post; kein Telefon",
    "Tel. toestemming 12/03/2023 10:15",
];
pub(super) const DOMAINS: &[&str] =
    &["gmail.com", "telenet.be", "skynet.be", "hotmail.com", "outlook.be", "kpnmail.nl", "gmx.de", "web.de"];

const FLEMISH_LAST: (&[&str], &[&str]) = (
    &["Van den ", "De ", "Ver", "Van ", "Van der ", "", "Jans", "Peeter", "Wil", "Claes", "Goos", "Meer", "Bos", "Hof"],
    &[
        "Broeck",
        "Smet",
        "Meulen",
        "Acker",
        "Berghe",
        "Mans",
        "sens",
        "Backer",
        "Poorten",
        "Linden",
        "Velde",
        "Wouters",
        "Maes",
        "Jacobs",
        "Mertens",
        "Haegen",
        "Eynde",
        "Kerckhove",
    ],
);
const FRENCH_LAST: (&[&str], &[&str]) = (
    &["Du", "De la ", "Le ", "", "Saint-", "Mont", "Beau", "Char", "L'", "Des"],
    &[
        "bois", "Fontaine", "mont", "Rivière", "Lefèvre", "champs", "pentier", "Hôpital", "Martin", "Léonard", "gré",
        "val", "Noël", "Étang",
    ],
);
const GERMAN_LAST: (&[&str], &[&str]) = (
    &["Müller", "Groß", "Klein", "von ", "Schön", "Ober", "Nieder", "Weiß", "Hof", "Stein", ""],
    &["berg", "mann", "meier", "feld", "Jäger", "Böhm", "huber", "stedt", "bäcker", "Schröder", "wald", "Köhler"],
);

pub(super) const PLACES: &[Place] = &[
    Place {
        country: "BE",
        code: "32",
        share: 45,
        first: FLEMISH,
        last: FLEMISH_LAST,
        streets: &["Kerkstraat", "Stationsstraat", "Molenweg", "Korte Nieuwstraat", "Leopold II-laan", "Veldstraat"],
        towns: &[("Gent", "9000"), ("Antwerpen", "2000"), ("Leuven", "3000"), ("Brugge", "8000"), ("Hasselt", "3500")],
        mobile: &["47", "48", "49", "46"],
        fixed: &["2", "3", "9"],
    },
    Place {
        country: "NL",
        code: "31",
        share: 20,
        first: FLEMISH,
        last: FLEMISH_LAST,
        streets: &["Dorpsstraat", "Julianalaan", "Prinsengracht", "Nieuweweg", "'s-Gravelandseweg"],
        towns: &[
            ("Utrecht", "3511 AB"),
            ("Amsterdam", "1012 WX"),
            ("Breda", "4811 GH"),
            ("'s-Hertogenbosch", "5211 LK"),
        ],
        mobile: &["61", "62", "64"],
        fixed: &["20", "10", "70", "30"],
    },
    Place {
        country: "BE",
        code: "32",
        share: 20,
        first: FRENCH,
        last: FRENCH_LAST,
        streets: &["Rue de la Station", "Avenue des Érables", "Place Saint-Aubain", "Chaussée de Louvain"],
        towns: &[("Namur", "5000"), ("Liège", "4000"), ("Mons", "7000"), ("Ixelles", "1050"), ("La Louvière", "7100")],
        mobile: &["47", "48", "49"],
        fixed: &["2", "4"],
    },
    Place {
        country: "DE",
        code: "49",
        share: 15,
        first: GERMAN,
        last: GERMAN_LAST,
        streets: &["Hauptstraße", "Goethestraße", "Am Bahnhof", "Schillerplatz", "Königsallee"],
        towns: &[("Berlin", "10115"), ("Köln", "50667"), ("München", "80331"), ("Düsseldorf", "40213")],
        mobile: &["151", "160", "171", "176"],
        fixed: &["30", "40", "89"],
    },
];
