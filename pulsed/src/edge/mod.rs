//! Doors: HTTP, the sockets of agents and browsers, and clocks ticking.
//!
//! A door only translates: extract, call one verb, translate back. No SQL, no
//! decisions.

pub(crate) mod agent_ws;
pub(crate) mod browser_ws;
mod feed;
pub(crate) mod http;
pub(crate) mod timers;
