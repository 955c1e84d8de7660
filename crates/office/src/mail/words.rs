//! What every mail says beside its own text, in the languages that we write in.

/// The words of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) code: &'static str,
    /// Before a name that is known; without one it stands alone.
    pub(super) greeting: &'static str,
    /// The subject of a question for consent; `{business}` asks it.
    pub(super) asks: &'static str,
    /// Before the question.
    pub(super) question: &'static str,
    pub(super) yes: &'static str,
    pub(super) no: &'static str,
    /// How the links work, and what silence means.
    pub(super) how: &'static str,
    /// The subject of a notice that data is held.
    pub(super) holds: &'static str,
    /// That a letter about a request is in a file.
    pub(super) encloses: &'static str,
    /// That a file opens with a password, which comes by another way.
    pub(super) locked: &'static str,
    /// What is said with the link below every mail that nobody has to get.
    pub(super) stop: &'static str,
}

const WORDS: [Words; 4] = [
    Words {
        code: "nl",
        greeting: "Dag",
        asks: "Een vraag van {business}",
        question: "Wij willen graag uw toestemming vragen:",
        yes: "Ja, dat mag",
        no: "Nee, liever niet",
        how: "Kies een antwoord en verstuur de mail die dan opengaat. Er hoeft niets bij. Antwoordt u niet, dan verandert er niets. U kunt later altijd van gedacht veranderen: laat het ons weten als antwoord op deze mail.",
        holds: "Uw gegevens bij {business}",
        encloses: "In de bijlage vindt u onze brief over wat u ons vroeg. Hebt u nog een vraag, antwoord dan gerust op deze mail.",
        locked: "Het zip-bestand is beveiligd met een wachtwoord. Dat krijgt u van ons langs een andere weg, niet in een mail.",
        stop: "Geen mails meer hierover",
    },
    Words {
        code: "fr",
        greeting: "Bonjour",
        asks: "Une question de {business}",
        question: "Nous souhaitons vous demander votre accord :",
        yes: "Oui, je suis d'accord",
        no: "Non, merci",
        how: "Choisissez une réponse et envoyez l'e-mail qui s'ouvre. Rien à ajouter. Sans réponse de votre part, rien ne change. Vous pouvez toujours changer d'avis : dites-le-nous en répondant à cet e-mail.",
        holds: "Vos données chez {business}",
        encloses: "Vous trouverez en pièce jointe notre lettre au sujet de votre demande. Une question ? Répondez simplement à cet e-mail.",
        locked: "Le fichier zip est protégé par un mot de passe. Nous vous le communiquons par une autre voie, pas par e-mail.",
        stop: "Ne plus recevoir ces e-mails",
    },
    Words {
        code: "de",
        greeting: "Guten Tag",
        asks: "Eine Frage von {business}",
        question: "Wir bitten Sie um Ihre Einwilligung:",
        yes: "Ja, einverstanden",
        no: "Nein, lieber nicht",
        how: "Wählen Sie eine Antwort und senden Sie die E-Mail ab, die sich dann öffnet. Mehr ist nicht nötig. Wenn Sie nicht antworten, ändert sich nichts. Sie können Ihre Meinung jederzeit ändern: Antworten Sie dazu auf diese E-Mail.",
        holds: "Ihre Daten bei {business}",
        encloses: "Im Anhang finden Sie unseren Brief zu Ihrer Anfrage. Haben Sie noch eine Frage? Antworten Sie einfach auf diese E-Mail.",
        locked: "Die Zip-Datei ist mit einem Passwort geschützt. Sie bekommen es von uns auf einem anderen Weg, nicht per E-Mail.",
        stop: "Keine E-Mails mehr dazu",
    },
    Words {
        code: "en",
        greeting: "Hello",
        asks: "A question from {business}",
        question: "We would like to ask for your consent:",
        yes: "Yes, that is fine",
        no: "No, thank you",
        how: "Choose an answer and send the e-mail that opens. Nothing needs to be added. If you do not answer, nothing changes. You can always change your mind: tell us by replying to this e-mail.",
        holds: "Your data at {business}",
        encloses: "Attached is our letter about what you asked us. If you have another question, just reply to this e-mail.",
        locked: "The zip file is protected with a password. You will get it from us by another route, not in an e-mail.",
        stop: "No more e-mails about this",
    },
];

/// The words of a language; English where we write none in it.
pub(super) fn words(language: &str) -> &'static Words {
    WORDS.iter().find(|words| words.code == language).unwrap_or(&WORDS[3])
}
