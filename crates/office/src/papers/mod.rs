//! Ways out: what a person gets to keep, in files that other programs read.

mod archive;
mod breach;
mod breaches;
mod certificate;
mod contact;
mod copy;
mod correction;
mod dossier;
mod everything;
mod letter;
mod logbook;
mod name;
mod notice;
mod pack;
mod paper;
mod people;
mod portability;
mod readme;
mod reply;
mod table;
pub(crate) mod vcard;

pub use archive::Written;
pub(crate) use breach::text as breach_text;
pub use breach::{BreachText, breach_file, breach_letter};
pub use breaches::{BreachesRecorded, breach_register};
pub use certificate::certificate;
pub use correction::{Accept, Difference, Rectified, rectify};
pub use dossier::{Answered as DossierAnswer, Dossier, DossierFlaw, Verdict, dossier, verify_dossier};
pub use everything::{Left, TableLeft, export_all};
pub use letter::{
    ActivityShown, Kit, LanguageListed, Letter, LetterListed, LetterShown, Made, PlaceShown, Previewed,
    RecipientsShown, RecordShown, Recorded, Told, Tried, Wanted, letter, letter_set, letters, make, paper, preview,
    register, register_shown, told_by, try_text,
};
pub(crate) use letter::{Own, mail_text};
pub use logbook::{Logged, logbook};
pub use name::free;
pub use notice::{FileOrigin, OriginAsked, Origins, notices};
pub(crate) use notice::{asked, notice_to, spoken};
pub use pack::{Exported, For, export};
pub use paper::{Block, Enclosed, Letterhead, Paper, Press, Window};
pub use people::{ListSaved, list, merge_file};
pub(crate) use readme::one_line;
pub use reply::{Beside, Reply, ReplyShown, reply, reply_save, reply_send};
