//! The world that the tests live in: PostgreSQL, servers, agents, terminals, all of them real.
//!
//! Everything that is started here ends with the value that stands for it, also
//! when a test panics. No test of a fact about pulse belongs here.

#![expect(
    clippy::unwrap_used,
    reason = "a harness that cannot go on fails the test"
)]

pub mod agent;
pub mod authority;
pub mod client;
pub mod clock;
pub mod cluster;
pub mod database;
pub mod disk;
pub mod eventually;
pub mod interface;
pub mod ledger;
pub mod namespace;
pub mod nginx;
pub mod noise;
pub mod places;
#[expect(dead_code, reason = "the server's own code, of which a part is enough")]
#[path = "../../pulsed/src/dev/postgres/mod.rs"]
mod postgres;
pub mod process;
pub mod proxy;
pub mod receiver;
pub mod releases;
pub mod server;
pub mod skip;
pub mod socket;
pub mod steps;
pub mod tap;
pub mod terminal;
pub mod world;

pub use client::{Answer, Client};
pub use eventually::{eventually, eventually_async};
pub use ledger::Ledger;
pub use skip::skip;
pub use world::World;
