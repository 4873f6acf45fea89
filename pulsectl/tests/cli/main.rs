//! pulsectl as a program, against a server that says what a test needs.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may give up")]

mod away;
mod backups;
mod changes;
mod client;
mod colors;
mod completion;
mod documents;
mod exec;
mod fake;
mod forms;
mod generated;
mod hints;
mod interrupt;
mod logs;
mod mistakes;
mod monitors;
mod names;
mod origins;
mod prompts;
mod pty;
mod refused;
mod run;
mod safe;
mod schedules;
mod screen;
mod secret_inputs;
mod session;
mod several;
mod shells;
#[path = "../../../tests/src/skip.rs"]
#[expect(unreachable_pub, reason = "there it is a part of a library")]
mod skip;
mod terminal;
mod told;
mod which;
mod worker_logs;
mod workflow;
