//! Contacts: adding, changing, finding, showing and merging them.

mod add;
mod check;
mod distinct;
mod duplicates;
mod facets;
mod find;
mod inform;
mod label;
mod merge;
mod nth;
mod order;
mod page;
mod queue;
mod restrict;
mod set;
mod show;
mod timeline;
mod unset;
mod who;

pub use crate::vault::source::SourceShown;
pub(crate) use add::put;
pub use add::{NewSource, add, typed};
pub(crate) use check::changed;
pub use distinct::{alike, distinct};
pub use duplicates::{Duplicates, Pair, duplicates};
pub use facets::{Brought, Facets, LabelCount, facets};
pub use find::{List, Listed, Question, list};
pub(crate) use find::{display_name, found, listed};
pub use inform::{HowTold, Informed, InformedShown, inform, uninform};
pub(crate) use inform::{informed_by, to_tell};
pub use label::{Labelled, LeftOut, label};
pub use merge::{merge, unmerge};
pub(crate) use order::{Marks, Order, of as by_name, organisations};
pub use page::{Choosable, Next, Page, PageFilter, PageQuestion, PageRow, PageSort, choosable, page};
pub(crate) use page::{Found, choosable_of};
pub(crate) use queue::first_due;
pub use queue::{
    CameWith, Notice, Queue, QueueNarrow, QueuePage, QueueQuestion, Waiting, named, queue, queue_choosable, queue_page,
    told, waiting,
};
pub use restrict::{Restricted, RestrictionShown, restrict, unrestrict};
pub(crate) use restrict::{lock, locked_on, unlocked};
pub(crate) use set::give_up;
pub use set::{Change, How, parse_email, parse_phone, set};
pub use show::{Shown, show};
pub use timeline::{Moment, timeline};
pub use unset::unset;
pub(crate) use who::{Who, group, id, matching, resolve};
