//! Who got the data of whoever made a request, and has to hear that it was corrected, erased or put on lock (Art. 19).

use akkoord_rules::consent::How;
use akkoord_rules::request::{Kind, RequestError};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::standing::{Standing, refused};
use crate::erasure::recipients_of;
use crate::problem::{Code, Problem, Result};
use crate::vault::recipient::{self, Told};
use crate::vault::{Act, Done, Vault, connection, disclosure};

/// What became of telling a recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "RecipientOutcome", rename_all = "snake_case")]
pub enum Outcome {
    /// It heard of the change.
    Told,
    /// It cannot be told.
    Impossible,
    /// Telling it would take an effort out of all proportion.
    Disproportionate,
}

impl Outcome {
    /// The stable code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Told => "told",
            Self::Impossible => "impossible",
            Self::Disproportionate => "disproportionate",
        }
    }

    /// The outcome of this code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Told, Self::Impossible, Self::Disproportionate].into_iter().find(|outcome| outcome.as_str() == code)
    }
}

/// A recipient, and what became of telling it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Recipient {
    /// The connection's key.
    pub connection: String,
    /// What people call it.
    pub title: String,
    /// The fields that it got; none where whoever asked was erased.
    pub fields: Vec<String>,
    /// What became of telling it; nothing yet where absent.
    pub told: Option<RecipientTold>,
}

/// That a recipient was told, or why not.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct RecipientTold {
    /// What became of it.
    pub outcome: Outcome,
    /// The day.
    pub on: NaiveDate,
    /// The way in which it heard; empty where it did not.
    pub how: String,
    /// Why not, or a note.
    pub reason: String,
    /// Who wrote it down.
    pub by: String,
}

/// What becomes of telling a recipient.
#[derive(Debug, Clone)]
pub struct NewOutcome {
    /// What it is.
    pub outcome: Outcome,
    /// The day; today if left open.
    pub on: Option<NaiveDate>,
    /// The way in which it heard, where it was told.
    pub how: Option<How>,
    /// Why it was not, or a note.
    pub reason: String,
}

/// Who has to hear of what a request changes, and what became of it; nobody for a request that changes nothing.
///
/// # Errors
/// [`Code::NotFound`]; faults of the database.
pub fn recipients(vault: &Vault, request: Uuid) -> Result<Vec<Recipient>> {
    let conn = vault.rows();
    let standing = Standing::find(conn, request)?;
    let mut all: Vec<Recipient> = Vec::new();
    if matches!(standing.asked.kind, Kind::Rectification | Kind::Erasure | Kind::Restriction) {
        if let Some(no) = standing.asked.contact_no {
            for one in disclosure::of_contact(conn, vault.business(), no)? {
                let known = put(&mut all, &one.connection, &one.title);
                known
                    .fields
                    .extend(one.fields.into_iter().filter(|field| !known.fields.contains(field)).collect::<Vec<_>>());
            }
        }
        for key in recipients_of(conn, standing.no)? {
            put(&mut all, &key, &connection::title(conn, &key)?);
        }
    }
    for Told { connection: key, outcome, on, how, reason, by, .. } in recipient::of_request(conn, standing.no)? {
        let title = connection::title(conn, &key)?;
        let how = how.map_or("", How::as_str).to_owned();
        put(&mut all, &key, &title).told = Some(RecipientTold { outcome, on, how, reason, by });
    }
    Ok(all)
}

/// The recipient of this key in a list, which it is put into where it is not.
fn put<'a>(all: &'a mut Vec<Recipient>, key: &str, title: &str) -> &'a mut Recipient {
    let at = all.iter().position(|one| one.connection == key).unwrap_or_else(|| {
        all.push(Recipient { connection: key.to_owned(), title: title.to_owned(), fields: Vec::new(), told: None });
        all.len() - 1
    });
    &mut all[at]
}

/// Writes down what became of telling a recipient; the latest counts.
///
/// # Errors
/// [`Code::NotFound`] for the request, or for who never got their data (`recipient`); [`Code::InFuture`]; [`Code::TooEarly`]; [`Code::Invalid`] where it
/// was told and nobody says how, or was not and nobody says why.
pub fn recipient_told(
    vault: &mut Vault,
    request: Uuid,
    key: &str,
    new: &NewOutcome,
    now: DateTime<Utc>,
) -> Result<Done<Vec<Recipient>>> {
    let today = vault.business().today(now);
    let on = new.on.unwrap_or(today);
    if on > today {
        return Err(Problem::new(Code::InFuture).with("given", on.to_string()));
    }
    let reason = new.reason.trim();
    let how = new.how.filter(|_| new.outcome == Outcome::Told);
    match (new.outcome, how) {
        (Outcome::Told, None) => return Err(Problem::invalid("how", "empty")),
        (Outcome::Impossible | Outcome::Disproportionate, _) if reason.is_empty() => {
            return Err(Problem::invalid("reason", "empty"));
        }
        _ => {}
    }
    if recipients(vault, request)?.iter().all(|one| one.connection != key) {
        return Err(Problem::not_found("recipient", key));
    }
    let by = vault.by().to_owned();
    let done = vault.record(Act::RecipientTold, Some(request), now, |rows| {
        let standing = Standing::find(rows, request)?;
        if let Some(earliest) = standing.log.first().map(|opened| opened.on).filter(|received| on < *received) {
            return Err(refused(RequestError::TooEarly { on, earliest }));
        }
        let (no, _) = connection::row_of(rows, key)?.ok_or_else(|| Problem::not_found("recipient", key))?;
        let told = Told {
            connection: key.to_owned(),
            outcome: new.outcome,
            on,
            how,
            reason: reason.to_owned(),
            recorded_at: rows.at,
            by,
        };
        recipient::insert(rows, standing.no, no, &told)?;
        let contact = standing.contact_id(rows)?;
        let mut facts = json!({
            "of": request, "connection": key, "outcome": told.outcome, "on": told.on, "how": told.how.map_or("", How::as_str),
        });
        // Of whoever is known by no contact no word is kept that an erasure could not take out again.
        if contact.is_some() {
            facts["reason"] = json!(told.reason);
        }
        rows.fact(contact, &json!({ "recipient": facts }))
    })?;
    Ok(Done { output: recipients(vault, request)?, touched: done.touched })
}

#[cfg(test)]
mod tests {
    use akkoord_rules::field::Sensitivity;

    use super::*;
    use crate::connections::{self, Format, NewConnection};
    use crate::trial::Trial;

    fn given_out(trial: &mut Trial, contact: &str) {
        trial.purpose("news", None);
        let new = NewConnection {
            key: "mailer".to_owned(),
            title: "Postduif nv".to_owned(),
            kind: akkoord_rules::outflow::Kind::File,
            fields: ["email", "given"].map(str::to_owned).to_vec(),
            purposes: vec!["news".to_owned()],
            max_sensitivity: Sensitivity::Low,
            eea: true,
            channel: None,
            url: String::new(),
            user: String::new(),
        };
        connections::add(&mut trial.vault, &new, trial.now).unwrap();
        let mut answer = trial.answer("news", true, How::Phone);
        answer.share = vec!["mailer".to_owned()];
        crate::consents::record(&mut trial.vault, contact, &answer, trial.now).unwrap();
        let to = trial.dir().join("out.csv");
        let sent = connections::export(&mut trial.vault, "mailer", Format::Csv, &to, trial.now, |_, _| Ok(())).unwrap();
        assert_eq!(sent.output.tally.sent, 1);
    }

    fn became(outcome: Outcome, how: Option<How>, reason: &str) -> NewOutcome {
        NewOutcome { outcome, on: None, how, reason: reason.to_owned() }
    }

    #[test]
    fn who_got_the_data_hears_of_it_or_it_is_said_why_not() {
        let mut trial = Trial::new();
        let an = trial.person("An");
        given_out(&mut trial, &an);
        let access = trial.asked(&an, Kind::Access);
        assert!(recipients(&trial.vault, access).unwrap().is_empty(), "what changes nothing nobody has to hear of");
        let request = trial.asked(&an, Kind::Erasure);
        let all = recipients(&trial.vault, request).unwrap();
        assert_eq!((all.len(), all[0].title.as_str(), all[0].fields.len()), (1, "Postduif nv", 2));
        let mut tell = |key: &str, new: &NewOutcome| {
            let done = recipient_told(&mut trial.vault, request, key, new, trial.now);
            done.map(|done| done.output[0].told.clone().unwrap().outcome).map_err(|problem| problem.code)
        };
        assert_eq!(tell("mailer", &became(Outcome::Told, None, "")), Err(Code::Invalid));
        assert_eq!(tell("mailer", &became(Outcome::Impossible, None, " ")), Err(Code::Invalid));
        let before = NewOutcome { on: "2026-02-28".parse().ok(), ..became(Outcome::Told, Some(How::Email), "") };
        assert_eq!(tell("mailer", &before), Err(Code::TooEarly));
        assert_eq!(tell("nobody", &became(Outcome::Told, Some(How::Email), "")), Err(Code::NotFound));
        assert_eq!(tell("mailer", &became(Outcome::Impossible, None, "An zegt: gestopt")), Ok(Outcome::Impossible));
        assert_eq!(tell("mailer", &became(Outcome::Told, Some(How::Email), "An")), Ok(Outcome::Told));
        assert_eq!(trial.fault(), None);
        for tampering in [
            "UPDATE recipient_told SET outcome = 'told', how = 'phone' WHERE no = 1",
            "UPDATE recipient_told SET happened_on = '2026-02-01' WHERE no = 2",
            "DELETE FROM recipient_told WHERE no = 2",
        ] {
            trial.vault.rows().execute_batch("SAVEPOINT before").unwrap();
            trial.vault.rows().execute(tampering, []).unwrap();
            assert_eq!(trial.fault(), Some("recipient_changed"), "{tampering}");
            trial.vault.rows().execute_batch("ROLLBACK TO before; RELEASE before").unwrap();
        }
        let ground = crate::erasure::Ground::Request(request);
        crate::erasure::erase(&mut trial.vault, &an, &ground, None, trial.now).unwrap();
        let after = recipients(&trial.vault, request).unwrap();
        assert_eq!(after[0].told.as_ref().map(|told| told.reason.as_str()), Some("—"), "no word of theirs is left");
        let late = became(Outcome::Told, Some(How::Phone), "nog eens");
        recipient_told(&mut trial.vault, request, "mailer", &late, trial.now).unwrap();
        assert_eq!(trial.fault(), None);
    }
}
