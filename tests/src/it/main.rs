//! What pulse does, seen from outside: every test runs the real programs.

#![expect(clippy::unwrap_used, reason = "what a test did not expect fails it")]

mod access;
mod architecture;
mod audit;
mod blocks;
mod capabilities;
mod crashes;
mod credentials;
mod cut_off;
mod drains;
mod enrolment;
mod environment;
mod events;
mod feed;
mod generated;
mod grants;
mod health;
mod hostile;
mod language;
mod limits;
mod metrics;
mod network;
mod output;
mod packages;
mod partition;
mod prompts;
mod races;
mod readme;
mod regions;
mod repeats;
mod replicas;
mod reports;
mod rollouts;
mod sandbox;
mod scale;
mod secrets;
mod seed_documents;
mod seed_worker;
mod seeds;
mod smoke;
mod soak;
mod socket;
mod sso;
mod terminal;
mod workers;
