//! Jobs: offering them, taking reports of them, ending those that nobody can end any more.

mod desk;
pub(crate) mod end;
pub(crate) mod offer;
pub(crate) mod read;
mod record;
pub(crate) mod report;
