//! What the invented business asks people, and what people ask it, in the four languages: Dutch, French, German, English.

use akkoord_rules::person::Channel;

/// The languages, in the order of the texts below.
pub(super) const LANGUAGES: [&str; 4] = ["nl", "fr", "de", "en"];

/// The text in a language; another language than the four reads English.
pub(super) fn text(texts: [&'static str; 4], language: &str) -> &'static str {
    let [.., english] = texts;
    LANGUAGES.iter().zip(texts).find(|(known, _)| **known == language).map_or(english, |(_, text)| text)
}

/// A purpose of the business.
#[derive(Debug)]
pub(super) struct Aim {
    pub(super) key: &'static str,
    pub(super) title: [&'static str; 4],
    /// Above a column.
    pub(super) short: [&'static str; 4],
    pub(super) wording: [&'static str; 4],
    /// None is every channel.
    pub(super) channels: &'static [Channel],
    /// How long a yes lasts; empty is until it is taken back.
    pub(super) lasts: &'static str,
    pub(super) marketing: bool,
}

/// The purposes, in the order of the columns of `people.csv`.
pub(super) const AIMS: [Aim; 4] = [
    Aim {
        key: "newsletter",
        title: ["Nieuwsbrief", "Lettre d’information", "Newsletter", "Newsletter"],
        short: ["Nieuwsbrief", "Lettre", "Newsletter", "Newsletter"],
        wording: [
            "Mogen we u onze nieuwsbrief sturen?",
            "Pouvons-nous vous envoyer notre lettre d’information ?",
            "Dürfen wir Ihnen unseren Newsletter schicken?",
            "May we send you our newsletter?",
        ],
        channels: &[Channel::Email, Channel::Post],
        lasts: "P2Y",
        marketing: true,
    },
    Aim {
        key: "service",
        title: ["Onderhoudsherinnering", "Rappel d’entretien", "Wartungserinnerung", "Service reminder"],
        short: ["Onderhoud", "Entretien", "Wartung", "Service"],
        wording: [
            "Mogen we u verwittigen als uw fiets aan onderhoud toe is?",
            "Pouvons-nous vous prévenir quand votre vélo a besoin d’un entretien ?",
            "Dürfen wir Ihnen Bescheid geben, wenn Ihr Fahrrad gewartet werden sollte?",
            "May we let you know when your bicycle is due for a service?",
        ],
        channels: &[Channel::Email, Channel::Phone, Channel::Sms, Channel::Messaging],
        lasts: "P5Y",
        marketing: false,
    },
    Aim {
        key: "survey",
        title: ["Tevredenheidsvraag", "Question de satisfaction", "Zufriedenheitsfrage", "Satisfaction question"],
        short: ["Tevreden", "Avis", "Umfrage", "Survey"],
        wording: [
            "Mogen we u na een herstelling vragen of u tevreden bent?",
            "Pouvons-nous vous demander après une réparation si vous êtes satisfait ?",
            "Dürfen wir Sie nach einer Reparatur fragen, ob Sie zufrieden sind?",
            "May we ask you after a repair whether you are satisfied?",
        ],
        channels: &[Channel::Email, Channel::Sms],
        lasts: "P2Y",
        marketing: true,
    },
    Aim {
        key: "photos",
        title: ["Foto’s op de website", "Photos sur le site", "Fotos auf der Website", "Photos on the website"],
        short: ["Foto’s", "Photos", "Fotos", "Photos"],
        wording: [
            "Mogen we een foto van u en uw fiets op onze website zetten?",
            "Pouvons-nous mettre une photo de vous et de votre vélo sur notre site ?",
            "Dürfen wir ein Foto von Ihnen und Ihrem Fahrrad auf unsere Website stellen?",
            "May we put a photo of you and your bicycle on our website?",
        ],
        channels: &[],
        lasts: "",
        marketing: false,
    },
];

/// The second wording of the newsletter.
pub(super) const MONTHLY: [&str; 4] = [
    "Mogen we u elke maand onze nieuwsbrief sturen?",
    "Pouvons-nous vous envoyer chaque mois notre lettre d’information ?",
    "Dürfen wir Ihnen jeden Monat unseren Newsletter schicken?",
    "May we send you our newsletter every month?",
];

pub(super) const ERASURE: [&str; 4] = [
    "Ik wil dat jullie al mijn gegevens wissen.",
    "Je souhaite que vous effaciez toutes mes données.",
    "Ich möchte, dass Sie alle meine Daten löschen.",
    "I want you to delete all my data.",
];

pub(super) const PORTABILITY: [&str; 4] = [
    "Kan ik mijn gegevens meekrijgen in een bestand?",
    "Puis-je recevoir mes données dans un fichier ?",
    "Kann ich meine Daten als Datei bekommen?",
    "Can I have my data in a file?",
];

pub(super) const ACCESS: [&str; 4] = [
    "Wat weten jullie allemaal van mij?",
    "Que savez-vous exactement de moi ?",
    "Was wissen Sie alles über mich?",
    "What exactly do you know about me?",
];

pub(super) const RECTIFICATION: [&str; 4] = [
    "Ik ben verhuisd en mijn straat klopt niet meer.",
    "J’ai déménagé et ma rue n’est plus correcte.",
    "Ich bin umgezogen, meine Straße stimmt nicht mehr.",
    "I have moved and my street is no longer right.",
];

pub(super) const LOCKED: [&str; 4] = [
    "Vroeg om alles te wissen; eerst nakijken of er nog een garantie loopt.",
    "A demandé d’effacer tout ; vérifier d’abord si une garantie court encore.",
    "Hat um Löschung gebeten; erst prüfen, ob noch eine Garantie läuft.",
    "Asked to erase everything; check first whether a guarantee still runs.",
];

pub(super) const KNOWN: [&str; 4] = [
    "Mailde van het adres dat we al hadden, en bevestigde het aan de telefoon.",
    "A écrit depuis l’adresse que nous avions déjà, et l’a confirmé au téléphone.",
    "Schrieb von der Adresse, die wir schon hatten, und bestätigte es am Telefon.",
    "Wrote from the address that we had already, and confirmed it on the phone.",
];

/// What happened, which data, what may come of it, what was done.
pub(super) const BREACH: [[&str; 4]; 4] = [
    [
        "De lijst met onderhoudsbeurten van deze week ging per mail naar de verkeerde klant.",
        "La liste des entretiens de cette semaine est partie par e-mail au mauvais client.",
        "Die Liste der Wartungen dieser Woche ging per E-Mail an den falschen Kunden.",
        "The list of this week’s services went by e-mail to the wrong customer.",
    ],
    [
        "namen, adressen, telefoonnummers, en wanneer de fiets in de winkel staat",
        "noms, adresses, numéros de téléphone et quand le vélo est au magasin",
        "Namen, Adressen, Telefonnummern und wann das Fahrrad im Laden steht",
        "names, addresses, phone numbers, and when the bicycle is in the shop",
    ],
    [
        "Iemand weet wanneer ze zonder fiets zijn en waar ze wonen, en kan hen opbellen in onze naam.",
        "Quelqu’un sait quand ils sont sans vélo et où ils habitent, et peut les appeler en notre nom.",
        "Jemand weiß, wann sie ohne Fahrrad sind und wo sie wohnen, und kann sie in unserem Namen anrufen.",
        "Somebody knows when they are without a bicycle and where they live, and could ring them in our name.",
    ],
    [
        "De klant heeft de mail gewist en dat bevestigd. Lijsten gaan voortaan niet meer per mail.",
        "Le client a effacé l’e-mail et l’a confirmé. Les listes ne partent plus par e-mail.",
        "Der Kunde hat die E-Mail gelöscht und das bestätigt. Listen gehen nicht mehr per E-Mail hinaus.",
        "The customer deleted the mail and confirmed it. Lists no longer go by e-mail.",
    ],
];

pub(super) const NOTE: [&str; 4] = [
    "Belde zelf over haar rem.",
    "A appelé au sujet de son frein.",
    "Rief selbst wegen ihrer Bremse an.",
    "Rang about her brake.",
];

pub(super) const POST: [&str; 4] = ["Postduif", "Postduif", "Postduif", "Postduif"];

pub(super) const SHOP: [&str; 4] =
    ["Telefoonboek winkel", "Annuaire du magasin", "Telefonbuch im Laden", "Shop phone book"];

/// The labels of `people.csv` in each language.
const LABELS: [[&str; 4]; 4] = [
    ["klant", "client", "Kunde", "customer"],
    ["koerier", "coursier", "Kurier", "courier"],
    ["leverancier", "fournisseur", "Lieferant", "supplier"],
    ["fietsbeurs", "salon du vélo", "Fahrradmesse", "bicycle fair"],
];

/// A label as the business writes it.
pub(super) fn label(dutch: &str, language: &str) -> String {
    let known = LABELS.into_iter().find(|label| label.first() == Some(&dutch));
    known.map_or(dutch, |label| text(label, language)).to_owned()
}
