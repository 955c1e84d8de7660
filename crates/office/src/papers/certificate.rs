//! The certificate of an erasure as a paper: that somebody was erased, when and how much, without saying who.

use std::path::Path;

use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

use super::letter::paper;
use super::paper::{Block, Press};
use super::readme::language;
use crate::erasure::{Certificate, certificates};
use crate::problem::{Problem, Result};
use crate::profile::Leaving;
use crate::vault::{Act, Done, Vault, connection};

/// What a certificate says in one language.
struct Words {
    code: &'static str,
    title: &'static str,
    lead: &'static str,
    /// Erasure, vault, day, ground, request, kept until, who had the data, keys on the blocked list, entry, seal.
    facts: [&'static str; 10],
    /// At their request, at the business's own decision, because the time to keep was over.
    grounds: [&'static str; 3],
    nobody: &'static str,
    destroyed: &'static str,
    kinds: [(&'static str, &'static str); 15],
    replayed: &'static str,
    rest: &'static str,
}

const WORDS: [Words; 4] = [NL, FR, DE, EN];

const NL: Words = Words {
    code: "nl",
    title: "Attest van vernietiging",
    lead: "De gegevens van één persoon zijn vernietigd. Dit attest zegt dat het gebeurde en hoeveel er weg is; wie het was, staat nergens meer.",
    facts: [
        "Vernietiging",
        "Kluis",
        "Vernietigd op",
        "Waarom",
        "Verzoek",
        "Bewaard tot en met",
        "Hadden de gegevens ook",
        "Sleutelgetallen op de blokkeerlijst",
        "Regel in het logboek",
        "Zegel van die regel",
    ],
    grounds: ["op verzoek van de persoon", "op beslissing van de zaak", "de bewaartijd was voorbij"],
    nobody: "niemand",
    destroyed: "Wat vernietigd is",
    kinds: [
        ("contacts", "contacten"),
        ("emails", "e-mailadressen"),
        ("phones", "telefoonnummers"),
        ("addresses", "adressen"),
        ("websites", "websites"),
        ("labels", "labels"),
        ("own_fields", "eigen velden"),
        ("sources", "herkomsten"),
        ("consent_events", "antwoorden"),
        ("objections", "bezwaren"),
        ("requests", "verzoeken, zonder naam en woorden bewaard"),
        ("proofs", "bewijsbestanden"),
        ("mails", "mails"),
        ("disclosures", "doorgiften"),
        ("facts", "regels geschiedenis"),
    ],
    replayed: "De vernietiging werd opnieuw gedaan op een kluis die uit een oudere reservekopie kwam.",
    rest: "De sleutelgetallen zijn met een geheime sleutel berekend. Ze dienen alleen om te merken dat dezelfde gegevens opnieuw zouden binnenkomen.",
};

const FR: Words = Words {
    code: "fr",
    title: "Attestation de destruction",
    lead: "Les données d'une personne ont été détruites. Cette attestation dit que cela a été fait et dans quelle mesure ; plus rien ne dit de qui il s'agissait.",
    facts: [
        "Destruction",
        "Coffre",
        "Détruit le",
        "Motif",
        "Demande",
        "Conservé jusqu'au",
        "Avaient aussi les données",
        "Empreintes sur la liste de blocage",
        "Ligne du journal",
        "Sceau de cette ligne",
    ],
    grounds: ["à la demande de la personne", "sur décision de l'entreprise", "la durée de conservation était écoulée"],
    nobody: "personne",
    destroyed: "Ce qui a été détruit",
    kinds: [
        ("contacts", "contacts"),
        ("emails", "adresses e-mail"),
        ("phones", "numéros de téléphone"),
        ("addresses", "adresses"),
        ("websites", "sites web"),
        ("labels", "étiquettes"),
        ("own_fields", "champs propres"),
        ("sources", "provenances"),
        ("consent_events", "réponses"),
        ("objections", "oppositions"),
        ("requests", "demandes, conservées sans nom ni paroles"),
        ("proofs", "fichiers de preuve"),
        ("mails", "e-mails"),
        ("disclosures", "transmissions"),
        ("facts", "lignes d'historique"),
    ],
    replayed: "La destruction a été refaite sur un coffre restauré d'une sauvegarde plus ancienne.",
    rest: "Les empreintes sont calculées avec une clé secrète. Elles servent uniquement à reconnaître que les mêmes données entreraient à nouveau.",
};

const DE: Words = Words {
    code: "de",
    title: "Bescheinigung der Löschung",
    lead: "Die Daten einer Person wurden vernichtet. Diese Bescheinigung sagt, dass es geschah und wie viel es war; wer es war, steht nirgends mehr.",
    facts: [
        "Löschung",
        "Tresor",
        "Gelöscht am",
        "Grund",
        "Anfrage",
        "Aufbewahrt bis",
        "Hatten die Daten auch",
        "Schlüsselzahlen auf der Sperrliste",
        "Zeile im Protokoll",
        "Siegel dieser Zeile",
    ],
    grounds: ["auf Anfrage der Person", "auf Entscheidung des Betriebs", "die Aufbewahrungszeit war vorbei"],
    nobody: "niemand",
    destroyed: "Was vernichtet wurde",
    kinds: [
        ("contacts", "Kontakte"),
        ("emails", "E-Mail-Adressen"),
        ("phones", "Telefonnummern"),
        ("addresses", "Adressen"),
        ("websites", "Websites"),
        ("labels", "Etiketten"),
        ("own_fields", "eigene Felder"),
        ("sources", "Herkunftsangaben"),
        ("consent_events", "Antworten"),
        ("objections", "Widersprüche"),
        ("requests", "Anfragen, ohne Namen und Worte aufbewahrt"),
        ("proofs", "Nachweisdateien"),
        ("mails", "E-Mails"),
        ("disclosures", "Weitergaben"),
        ("facts", "Zeilen der Geschichte"),
    ],
    replayed: "Die Löschung wurde auf einem Tresor wiederholt, der aus einer älteren Sicherung kam.",
    rest: "Die Schlüsselzahlen sind mit einem geheimen Schlüssel berechnet. Sie dienen nur dazu, zu erkennen, dass dieselben Daten erneut hereinkämen.",
};

const EN: Words = Words {
    code: "en",
    title: "Certificate of destruction",
    lead: "The data of one person was destroyed. This certificate says that it was done and how much there was; nothing says any more who it was.",
    facts: [
        "Destruction",
        "Vault",
        "Destroyed on",
        "Why",
        "Request",
        "Kept until",
        "Had the data too",
        "Keyed numbers on the blocked list",
        "Entry in the log",
        "Seal of that entry",
    ],
    grounds: ["at the person's request", "by decision of the business", "the time to keep it was over"],
    nobody: "nobody",
    destroyed: "What was destroyed",
    kinds: [
        ("contacts", "contacts"),
        ("emails", "e-mail addresses"),
        ("phones", "phone numbers"),
        ("addresses", "addresses"),
        ("websites", "websites"),
        ("labels", "labels"),
        ("own_fields", "own fields"),
        ("sources", "sources"),
        ("consent_events", "answers"),
        ("objections", "objections"),
        ("requests", "requests, kept without name or words"),
        ("proofs", "proof files"),
        ("mails", "mails"),
        ("disclosures", "disclosures"),
        ("facts", "lines of history"),
    ],
    replayed: "It was done again on a vault that came from an older backup.",
    rest: "The keyed numbers are computed with a secret key. They serve only to notice that the same data would come in again.",
};

/// Writes the certificate of an erasure as PDF into a file, in the language of the business.
///
/// # Errors
/// [`crate::Code::NotFound`] where nothing was destroyed by that erasure; [`crate::Code::System`] when it cannot be set;
/// [`crate::Code::InProfile`], [`crate::Code::Unwritable`], [`crate::Code::DiskFull`]; faults of the database.
pub fn certificate(
    vault: &mut Vault,
    press: &dyn Press,
    erasure: Uuid,
    to: &Path,
    now: DateTime<Utc>,
) -> Result<Done<()>> {
    let found = certificates(vault)?.into_iter().find(|one| one.id == erasure);
    let found = found.ok_or_else(|| Problem::not_found("erasure", &erasure.to_string()))?;
    let spoken = language(&[&vault.business().language]);
    let words = WORDS.iter().find(|words| words.code == spoken.code).unwrap_or(&EN);
    let paper = paper(vault, "", words.title.to_owned(), body(vault, words, &found)?, now)?;
    let bytes = press.pdf(&paper)?;
    let leaving = Leaving::whole(vault.profile(), to, &bytes)?;
    let done = vault.record(Act::RegisterWritten, Some(erasure), now, |rows| {
        rows.fact(None, &json!({ "register": "certificate", "format": "pdf", "erasure": erasure }))
    })?;
    leaving.put_recorded()?;
    Ok(done)
}

fn body(vault: &Vault, words: &Words, one: &Certificate) -> Result<Vec<Block>> {
    let spoken = language(&[words.code]);
    let titles = one.recipients.iter().map(|key| connection::title(vault.rows(), key));
    let recipients: Vec<String> = titles.collect::<Result<_>>()?;
    let ground = match one.ground.as_str() {
        "request" => words.grounds[0],
        "retention" => words.grounds[2],
        _ => words.grounds[1],
    };
    let values = [
        Some(one.id.to_string()),
        Some(one.vault.to_string()),
        Some(spoken.date(one.on)),
        Some(ground.to_owned()),
        one.request.map(|id| id.to_string()),
        one.held_until.map(|day| spoken.date(day)),
        Some(if recipients.is_empty() { words.nobody.to_owned() } else { recipients.join(", ") }),
        Some(one.blocked.to_string()),
        Some(one.entry.to_string()),
        Some(one.head.clone()),
    ];
    let facts = words.facts.iter().zip(values).filter_map(|(name, value)| Some(((*name).to_owned(), value?)));
    let count = |(key, name): &(&str, &str)| one.destroyed.get(*key).map(|n| ((*name).to_owned(), n.to_string()));
    let mut body = vec![
        Block::Text(words.lead.to_owned()),
        Block::Pairs(facts.collect()),
        Block::Heading(words.destroyed.to_owned()),
        Block::Pairs(words.kinds.iter().filter_map(count).collect()),
        Block::Text(words.rest.to_owned()),
    ];
    if one.replayed {
        body.push(Block::Text(words.replayed.to_owned()));
    }
    Ok(body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::erasure::{Ground, erase};
    use crate::papers::Paper;
    use crate::problem::Code;
    use crate::settings;
    use crate::trial::Trial;

    /// Prints the paper's text.
    struct Plain;

    impl Press for Plain {
        fn pdf(&self, paper: &Paper) -> Result<Vec<u8>> {
            Ok(paper.text().into_bytes())
        }
    }

    #[test]
    fn each_erasure_has_its_own_certificate_in_every_language_and_nobody_by_name() {
        let mut trial = Trial::new();
        let ground = Ground::Reason("vroeg het".to_owned());
        let gone = ["Zwaluw", "Kanarie"].map(|name| {
            let who = trial.person(name);
            erase(&mut trial.vault, &who, &ground, None, trial.now).unwrap().output.erasure
        });
        for (language, title, why) in [
            ("nl", NL.title, "op beslissing van de zaak"),
            ("fr", FR.title, "sur décision de l'entreprise"),
            ("de", DE.title, "auf Entscheidung des Betriebs"),
            ("en", EN.title, "by decision of the business"),
        ] {
            settings::business_set(&mut trial.vault, "Garage Claes", language, trial.now).unwrap();
            for (one, other) in [(gone[0], gone[1]), (gone[1], gone[0])] {
                let to = trial.dir().join(format!("{language}-{one}.pdf"));
                certificate(&mut trial.vault, &Plain, one, &to, trial.now).unwrap();
                let text = std::fs::read_to_string(&to).unwrap();
                for said in [title, why, &one.to_string()] {
                    assert!(text.contains(said), "{said}: {text}");
                }
                let (low, other) = (text.to_lowercase(), other.to_string());
                for odd in ["zwaluw", "kanarie", &other] {
                    assert!(!low.contains(odd), "{odd}: {text}");
                }
            }
        }
        let to = trial.dir().join("nobody.pdf");
        let none = certificate(&mut trial.vault, &Plain, Uuid::now_v7(), &to, trial.now).unwrap_err();
        assert_eq!((none.code, to.exists()), (Code::NotFound, false));
        assert_eq!(trial.fault(), None);
    }

    #[test]
    fn each_language_names_all_that_is_counted() {
        for words in &WORDS {
            assert_eq!(words.kinds.map(|(key, _)| key), EN.kinds.map(|(key, _)| key), "{}", words.code);
        }
    }
}
