//! Contacts: adding, changing, finding, showing and merging them.

mod add;
mod check;
mod facets;
mod find;
mod inform;
mod label;
mod merge;
mod nth;
mod order;
mod page;
mod restrict;
mod set;
mod show;
mod timeline;
mod who;

pub use crate::vault::source::SourceShown;
pub(crate) use add::put;
pub use add::{NewSource, add, typed};
pub(crate) use check::changed;
pub use facets::{Brought, Facets, LabelCount, facets};
pub use find::{List, Listed, Question, list};
pub(crate) use find::{display_name, found, listed};
pub(crate) use inform::to_tell;
pub use inform::{Informed, InformedShown, inform};
pub use label::{Labelled, LeftOut, label};
pub use merge::{merge, unmerge};
pub(crate) use order::{Marks, Order, of as by_name};
pub use page::{Choosable, Next, Page, PageFilter, PageQuestion, PageRow, PageSort, choosable, page};
pub(crate) use page::{Found, choosable_of};
pub use restrict::{Restricted, RestrictionShown, restrict, unrestrict};
pub(crate) use restrict::{locked_on, unlocked};
pub use set::{Change, How, parse_email, parse_phone, set};
pub use show::{Shown, show};
pub use timeline::{Moment, timeline};
pub(crate) use who::{Who, group, id, matching, resolve};
