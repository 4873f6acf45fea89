//! The real program against a server made of sockets.

mod drain;
mod enrol;
mod faults;
mod output;
mod processes;
mod steps;
mod support;
