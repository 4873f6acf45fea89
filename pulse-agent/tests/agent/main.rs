//! The real program against a server made of sockets.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod drain;
mod enrol;
mod faults;
mod output;
mod processes;
mod steps;
mod support;
