//! The dossier as a paper that people read: whom it is about, what was answered, when and how, and the texts of that day.

use chrono::{DateTime, Utc};

use super::page::{answer, told};
use crate::consents::EventShown;
use crate::papers::Paper;
use crate::papers::letter::paper as own_paper;
use crate::papers::paper::Block;
use crate::papers::readme::{Language, language, one_line};
use crate::papers::vcard::formatted_name;
use crate::problem::Result;
use crate::purposes;
use crate::vault::{Vault, contact};

/// What the paper says in one language.
struct Words {
    code: &'static str,
    file: &'static str,
    title: &'static str,
    /// About whom, the vault's key, entries of the log, the seal of the last one.
    facts: [&'static str; 4],
    asked: &'static str,
    /// Happened, recorded, purpose and version, answer.
    columns: [&'static str; 4],
    clocks: &'static str,
    none: &'static str,
    texts: &'static str,
    check: &'static str,
    how_to_check: &'static str,
}

const WORDS: [Words; 4] = [
    Words {
        code: "nl",
        file: "bewijsdossier.pdf",
        title: "Bewijsdossier",
        facts: ["Over wie", "Vingerafdruk van de kluis", "Regels in het logboek", "Zegel van de laatste regel"],
        asked: "Wat er gevraagd en geantwoord werd",
        columns: ["Gebeurd op", "Vastgelegd op", "Doel en versie", "Antwoord"],
        clocks: "Gebeurd is wat gezegd werd; vastgelegd is de klok van de computer.",
        none: "Er werd niets gevraagd of geantwoord.",
        texts: "De tekst van {}",
        check: "Zo wordt het nagekeken",
        how_to_check: "Dit blad hoort bij een dossier met de registratie van elke toestemming (ISO/IEC TS 27560), de teksten, de bewijsbestanden en het logboek. Het opdrachtregelprogramma van Akkoord kijkt het dossier na, op elke computer en zonder netwerk: akkoord-cli dossier verify. De vingerafdruk moet dezelfde zijn als op het noodblad van de zaak.",
    },
    Words {
        code: "fr",
        file: "dossier-de-preuve.pdf",
        title: "Dossier de preuve",
        facts: ["Au sujet de", "Empreinte du coffre", "Lignes du journal", "Sceau de la dernière ligne"],
        asked: "Ce qui a été demandé et répondu",
        columns: ["Fait le", "Enregistré le", "Finalité et version", "Réponse"],
        clocks: "« Fait » est ce qui a été dit ; « enregistré » est l'horloge de l'ordinateur.",
        none: "Rien n'a été demandé ni répondu.",
        texts: "Le texte de {}",
        check: "Comment le vérifier",
        how_to_check: "Cette feuille fait partie d'un dossier qui contient l'enregistrement de chaque consentement (ISO/IEC TS 27560), les textes, les fichiers de preuve et le journal. Le programme en ligne de commande d'Akkoord vérifie le dossier, sur tout ordinateur et sans réseau : akkoord-cli dossier verify. L'empreinte doit être celle du kit de secours de l'entreprise.",
    },
    Words {
        code: "de",
        file: "nachweisdossier.pdf",
        title: "Nachweisdossier",
        facts: ["Über", "Fingerabdruck des Tresors", "Zeilen im Protokoll", "Siegel der letzten Zeile"],
        asked: "Was gefragt und geantwortet wurde",
        columns: ["Geschehen am", "Aufgezeichnet am", "Zweck und Version", "Antwort"],
        clocks: "„Geschehen“ ist, was gesagt wurde; „aufgezeichnet“ ist die Uhr des Computers.",
        none: "Es wurde nichts gefragt und nichts geantwortet.",
        texts: "Der Text von {}",
        check: "So wird es geprüft",
        how_to_check: "Dieses Blatt gehört zu einem Dossier mit dem Nachweis jeder Einwilligung (ISO/IEC TS 27560), den Texten, den Beweisdateien und dem Protokoll. Das Befehlszeilenprogramm von Akkoord prüft das Dossier, auf jedem Computer und ohne Netz: akkoord-cli dossier verify. Der Fingerabdruck muss der auf dem Notfallblatt des Betriebs sein.",
    },
    Words {
        code: "en",
        file: "proof-dossier.pdf",
        title: "Proof dossier",
        facts: ["About", "Fingerprint of the vault", "Entries of the log", "Seal of the last entry"],
        asked: "What was asked and answered",
        columns: ["Happened on", "Recorded on", "Purpose and version", "Answer"],
        clocks: "Happened is what was said; recorded is the computer's clock.",
        none: "Nothing was asked or answered.",
        texts: "The text of {}",
        check: "How it is verified",
        how_to_check: "This sheet belongs to a dossier with the record of each consent (ISO/IEC TS 27560), the texts, the proof files and the log. Akkoord's command line program verifies the dossier, on any computer and without a network: akkoord-cli dossier verify. The fingerprint must be the one on the business's Emergency Kit.",
    },
];

/// The ways in which an answer came, in words.
const WAYS: [(&str, [&str; 4]); 7] = [
    ("phone", ["telefonisch", "par téléphone", "telefonisch", "by phone"]),
    ("email", ["per e-mail", "par e-mail", "per E-Mail", "by e-mail"]),
    ("letter", ["per brief", "par courrier", "per Brief", "by letter"]),
    ("in_person", ["in persoon", "en personne", "persönlich", "in person"]),
    ("web_form", ["via een webformulier", "par un formulaire en ligne", "über ein Webformular", "by a web form"]),
    (
        "kiosk",
        [
            "aan een scherm in de zaak",
            "sur un écran en magasin",
            "an einem Bildschirm im Geschäft",
            "on a screen in the shop",
        ],
    ),
    ("portal", ["via een portaal", "par un portail", "über ein Portal", "through a portal"]),
];

/// The paper in the person's language, or that of the business, under its name; with how long the log is and its last seal.
pub(super) fn paper(
    vault: &Vault,
    no: i64,
    events: &[EventShown],
    (entries, head): (i64, &str),
    now: DateTime<Utc>,
) -> Result<(&'static str, Paper)> {
    let held = contact::read(vault.rows(), no)?;
    let language = language(&[&held.language, &vault.business().language]);
    let at = WORDS.iter().position(|words| words.code == language.code).unwrap_or(WORDS.len() - 1);
    let words = &WORDS[at];
    let titles: Vec<(String, String)> = purposes::all(vault.rows(), vault.business())?
        .into_iter()
        .map(|purpose| (purpose.rules.key, one_line(&purpose.title)))
        .collect();
    let called = |event: &EventShown| {
        let title = titles.iter().find(|(key, _)| *key == event.purpose).map_or(&event.purpose, |(_, title)| title);
        format!("{title}, {}", event.version)
    };
    let facts = [one_line(&formatted_name(&held)), vault.fingerprint()?, language.number(entries), head.to_owned()];
    let facts = words.facts.iter().zip(facts).map(|(name, value)| ((*name).to_owned(), value)).collect();
    let mut body = vec![Block::Pairs(facts), Block::Heading(words.asked.to_owned())];
    if events.is_empty() {
        body.push(Block::Text(words.none.to_owned()));
    } else {
        let rows = events.iter().map(|event| row(event, called(event), language, at)).collect();
        body.push(Block::Table { head: words.columns.map(str::to_owned).to_vec(), rows });
        body.push(Block::Text(words.clocks.to_owned()));
    }
    let mut known: Vec<&str> = Vec::new();
    for event in events.iter().filter(|event| !event.text.is_empty()) {
        if !known.contains(&event.text.as_str()) {
            known.push(&event.text);
            body.push(Block::Heading(words.texts.replace("{}", &called(event))));
            body.extend(Block::texts(&event.text));
        }
    }
    body.extend([Block::Heading(words.check.to_owned()), Block::Text(words.how_to_check.to_owned())]);
    Ok((words.file, own_paper(vault, language.code, words.title.to_owned(), body, now)?))
}

fn row(event: &EventShown, called: String, language: &Language, at: usize) -> Vec<String> {
    let way = WAYS.iter().find(|(code, _)| *code == event.how).and_then(|(_, words)| words.get(at));
    let way = way.map_or(event.how.as_str(), |way| *way);
    let lines = [answer(language, event).to_owned(), way.to_owned()].into_iter().filter(|line| !line.is_empty());
    let proofs = event.proofs.iter().map(super::proof_name);
    let said: Vec<String> = lines.chain(proofs).collect();
    vec![told(language, &event.happened), told(language, &event.recorded), called, said.join("\n")]
}
