//! What people answered: recording it with its proof, where each person stands, and the gate's answer (SPEC §5, §6).

mod batch;
mod call;
mod check;
mod crowd;
mod dashboard;
mod event;
mod facts;
mod follow;
mod history;
mod leaving;
mod mailing;
mod may;
mod mistake;
mod named;
mod notice;
mod objection;
mod people;
mod piles;
mod plan;
mod prepare;
mod proof;
mod receipt;
mod record;
mod standing;
mod strip;
mod undo_call;
mod when;

pub use batch::{BatchPlan, BatchText, Batched, InBatch, LeftWhy, RowProblem, Signers, Unsigned, batch, plan_batch};
pub use call::{Call, CallAnswer, Called, Caller, Foreseen, NewPerson, NotOn, foresee, record_call};
pub use dashboard::{Counted, Counts, InStatus, dashboard, list};
pub use follow::{
    Askable, Asked, Asking, Refused, ask, askable, confirm, correct, correct_many, withdraw, withdraw_many,
};
pub use history::{Consent, EventShown, history};
pub use leaving::{Going, Stays, going};
pub use may::{Answered, Line, Question, Target, may, may_each};
pub use notice::{InformPlan, inform_plan};
pub use objection::{NewObjection, Objection, ObjectionShown, ObjectionWarning, lift, object};
pub use people::{Narrow, Narrowed, PurposePage, PurposeQuestion, StandSort, Stander, people, standers};
pub use piles::{Pile, Unbatched, piles, undo_batch};
pub use plan::{AskPlan, AskWay, Spoken, WAYS, plan};
pub use prepare::{AskingShown, Prepared, askings, prepare, put_away, sent};
pub use proof::{PROOF_MAX, ProofShown, export, proof, proof_open};
pub use receipt::receipts;
pub use record::{NewAnswer, Recorded, Warning, record};
pub use strip::{Reached, Strip, StripCell, StripConnection, Ways, reached, strip};
pub use undo_call::{TakenBack, undo_call};
pub use when::{happened, on_day, said_no};

pub(crate) use check::changed;
pub(crate) use crowd::{Crowd, Cursor, Member};
pub(crate) use dashboard::persons;
pub(crate) use facts::{country, has_label, label_key};
pub(crate) use follow::{asked_by_mail, withdraw_all};
pub(crate) use history::consents_of;
pub(crate) use leaving::{askable_part, part};
pub(crate) use mailing::{Mailing, may_not_mail};
pub(crate) use may::Gathered;
pub(crate) use notice::informable_part;
pub(crate) use objection::{objections_of, put as put_objection};
pub(crate) use people::{Stood, long_ago};
pub(crate) use prepare::held;
pub(crate) use proof::{
    Belongs, attach, content as proof_content, every as every_proof, of_person, of_request, pieces as proof_pieces,
    store_all,
};
pub(crate) use record::{Wordings, text};
pub(crate) use standing::{refresh_contact, refresh_purpose};
pub(crate) use when::{after_yes, moment};

#[cfg(test)]
mod tests;
