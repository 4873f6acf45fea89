//! Rows: the only place that knows diesel and PostgreSQL.
//!
//! Rows come in, model goes out. Every writing function takes `&mut Tx`, so that
//! what belongs together is committed together. No rule lives here beyond the
//! guard of each `update … where status = from`.

pub(crate) mod audit;
pub(crate) mod calls;
pub(crate) mod changes;
mod connect;
pub(crate) mod definitions;
pub(crate) mod enroll_tokens;
mod error;
pub(crate) mod events;
mod examination;
pub(crate) mod executions;
pub(crate) mod idempotency;
pub(crate) mod jobs;
mod listen;
pub(crate) mod maintenances;
pub(crate) mod metrics;
mod migrations;
pub(crate) mod monitors;
pub(crate) mod notifications;
pub(crate) mod outputs;
pub(crate) mod places;
pub(crate) mod prompts;
pub(crate) mod regions;
pub(crate) mod retention;
pub(crate) mod rollouts;
pub(crate) mod schedules;
pub(crate) mod secret_inputs;
pub(crate) mod secrets;
pub(crate) mod sensors;
pub(crate) mod servers;
mod session;
pub(crate) mod settings;
mod sql;
pub(crate) mod steps;
pub(crate) mod timeline;
pub(crate) mod tokens;
mod tx;
mod types;
pub(crate) mod users;
pub(crate) mod windows;
pub(crate) mod workers;
pub(crate) mod workflows;
mod writes;

pub(crate) use self::{
    error::StoreError,
    examination::{Durability, Examination, examine},
    listen::listen,
    migrations::{
        MigrateError, Occupancy, known_migrations, migrate, occupancy, pending_migrations,
        refuse_unsafe,
    },
    tx::{AfterCommit, Tx},
};
use self::{session::Connector, tx::State};

type Pool = ::bb8::Pool<Connector>;

/// A way to PostgreSQL.
#[derive(Clone)]
pub(crate) struct Store {
    pool: Pool,
    pool_size: u32,
}

/// How busy connections are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PoolUse {
    pub(crate) open: u32,
    pub(crate) idle: u32,
    pub(crate) most: u32,
    /// How often somebody had to wait for one, and how often in vain.
    pub(crate) waited: u64,
    pub(crate) timed_out: u64,
}

impl Store {
    /// Prepares a pool; nothing is connected yet, and a database that is away is no error.
    pub(crate) fn new(url: &str, pool_size: u32) -> Self {
        let pool = Pool::builder()
            .max_size(pool_size)
            // The connection used last has its statements prepared and its caches warm.
            .queue_strategy(::bb8::QueueStrategy::Lifo)
            .test_on_check_out(true)
            .connection_timeout(connect::CHECK_OUT_TIMEOUT)
            .build_unchecked(Connector::new(url));
        Self { pool, pool_size }
    }

    /// How busy the connections are.
    pub(crate) fn pool_use(&self) -> PoolUse {
        let state = self.pool.state();
        let waits = &state.statistics;
        PoolUse {
            open: state.connections,
            idle: state.idle_connections,
            most: self.pool_size,
            waited: waits.get_waited,
            timed_out: waits.get_timed_out,
        }
    }

    /// Begins a transaction: its first statement carries the `begin` along.
    pub(crate) async fn begin(&self) -> Result<Tx, StoreError> {
        Ok(Tx::new(self.pool.get_owned().await?, State::Fresh))
    }

    /// Borrows a connection for reading: each statement stands alone.
    pub(crate) async fn read(&self) -> Result<Tx, StoreError> {
        Ok(Tx::new(self.pool.get_owned().await?, State::Alone))
    }
}
