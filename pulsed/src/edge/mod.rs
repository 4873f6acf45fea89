//! Doors: HTTP, agents' sockets, and clocks ticking.
//!
//! A door only translates: extract, call one verb, translate back. No SQL, no
//! decisions.

pub(crate) mod agent_ws;
pub(crate) mod http;
pub(crate) mod timers;
