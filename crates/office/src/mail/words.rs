//! What every mail says beside its own text, in the languages that we write in.

/// The words of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) code: &'static str,
    /// Before a name that is known; without one it stands alone.
    pub(super) greeting: &'static str,
    pub(super) yes: &'static str,
    pub(super) no: &'static str,
    /// That a file opens with a password, which comes by another way.
    pub(super) locked: &'static str,
    /// The subject and the text of a mail to oneself.
    pub(super) trial: &'static str,
    pub(super) tried: &'static str,
    /// What is said with the link below every mail that nobody has to get.
    pub(super) stop: &'static str,
}

const WORDS: [Words; 4] = [
    Words {
        code: "nl",
        greeting: "Dag",
        yes: "Ja, dat mag",
        no: "Nee, liever niet",
        locked: "Het zip-bestand is beveiligd met een wachtwoord. Dat krijgt u van ons langs een andere weg, niet in een mail.",
        trial: "Proefmail van {business}",
        tried: "Deze mail stuurde je jezelf vanuit Akkoord. Je mailaccount werkt.",
        stop: "Geen mails meer hierover",
    },
    Words {
        code: "fr",
        greeting: "Bonjour",
        yes: "Oui, je suis d'accord",
        no: "Non, merci",
        locked: "Le fichier zip est protégé par un mot de passe. Nous vous le communiquons par une autre voie, pas par e-mail.",
        trial: "E-mail d'essai de {business}",
        tried: "Vous vous êtes envoyé cet e-mail depuis Akkoord. Votre compte fonctionne.",
        stop: "Ne plus recevoir ces e-mails",
    },
    Words {
        code: "de",
        greeting: "Guten Tag",
        yes: "Ja, einverstanden",
        no: "Nein, lieber nicht",
        locked: "Die Zip-Datei ist mit einem Passwort geschützt. Sie bekommen es von uns auf einem anderen Weg, nicht per E-Mail.",
        trial: "Probemail von {business}",
        tried: "Diese E-Mail haben Sie sich selbst aus Akkoord geschickt. Ihr Konto funktioniert.",
        stop: "Keine E-Mails mehr dazu",
    },
    Words {
        code: "en",
        greeting: "Hello",
        yes: "Yes, that is fine",
        no: "No, thank you",
        locked: "The zip file is protected with a password. You will get it from us by another route, not in an e-mail.",
        trial: "Test e-mail from {business}",
        tried: "You sent yourself this e-mail from Akkoord. Your account works.",
        stop: "No more e-mails about this",
    },
];

/// The words of a language; English where we write none in it.
pub(super) fn words(language: &str) -> &'static Words {
    WORDS.iter().find(|words| words.code == language).unwrap_or(&WORDS[3])
}
