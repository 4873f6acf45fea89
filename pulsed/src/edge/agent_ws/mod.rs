//! The agents' door: one socket for each worker.

pub(crate) mod admission;
pub(crate) mod door;
mod frames;
mod session;
