//! A database for one test.

use tokio_postgres::NoTls;
use uuid::Uuid;

use crate::{
    cluster::{self, Lease, Private},
    eventually::{PATIENCE, eventually_async},
};

/// A migrated database with an administrator.
#[derive(Debug)]
pub struct Database {
    url: String,
    admin: String,
    home: Home,
}

#[derive(Debug)]
enum Home {
    /// A copy of the template in the shared cluster.
    Shared(Lease, String),
    /// A cluster that this test may do with as it likes.
    Private(Box<Private>),
}

impl Database {
    /// Copies the template of the shared cluster.
    pub async fn shared() -> Self {
        let lease = cluster::lease();
        let name = format!("t{}", Uuid::now_v7().simple());
        let template = cluster::TEMPLATE;
        let statement = format!("create database {name} template {template}");
        execute(&of(&lease, "postgres"), &statement).await;
        Self {
            url: of(&lease, &name),
            admin: lease.shared.admin.clone(),
            home: Home::Shared(lease, name),
        }
    }

    /// Makes a cluster for this database alone.
    pub fn private() -> Self {
        Self::of(Private::start())
    }

    /// Makes a cluster in this folder for this database alone.
    pub fn in_folder(folder: &std::path::Path) -> Self {
        let mut private = Private::in_folder(folder.to_owned());
        private.up();
        Self::of(private)
    }

    fn of(private: Private) -> Self {
        Self {
            url: private.url(),
            admin: private.administrator(),
            home: Home::Private(Box::new(private)),
        }
    }

    /// The same, by way of another address.
    #[must_use]
    pub fn by_way_of(mut self, url: String) -> Self {
        self.url = url;
        self
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// The token of the administrator.
    pub fn admin(&self) -> &str {
        &self.admin
    }

    /// The cluster, where it may be harmed.
    ///
    /// # Panics
    /// When it is shared.
    pub fn cluster(&mut self) -> &mut Private {
        match &mut self.home {
            Home::Private(private) => private,
            Home::Shared(..) => panic!("this cluster is shared"),
        }
    }

    /// Asks the database itself; the first column of each row, as text.
    pub async fn ask(&self, query: &str) -> Vec<String> {
        ask(&self.url, query).await
    }

    /// A connection of the test's own.
    pub async fn session(&self) -> tokio_postgres::Client {
        connect(&self.url).await
    }

    /// Another connection, if there is one to be had.
    pub async fn try_session(&self) -> Result<tokio_postgres::Client, tokio_postgres::Error> {
        try_connect(&self.url).await
    }

    /// Tells the database to do something; fails with the SQLSTATE that it answers.
    pub async fn tell(&self, statement: &str) -> Result<(), String> {
        let told = connect(&self.url).await.batch_execute(statement).await;
        told.map_err(|error| {
            let code = error.code().map(tokio_postgres::error::SqlState::code);
            code.unwrap_or_default().to_owned()
        })
    }

    /// Waits until a statement of which this is a part waits for a lock.
    pub async fn is_held_up(&self, part: &str) {
        self.are_held_up(1, part).await;
    }

    /// Waits until so many statements of which this is a part wait for locks.
    pub async fn are_held_up(&self, count: usize, part: &str) {
        let query = format!(
            "select pid::text from pg_stat_activity where datname = current_database() \
             and wait_event_type = 'Lock' and query like '%{part}%'"
        );
        eventually_async(part, PATIENCE, async || {
            let waiting = self.ask(&query).await.len();
            let are_there = (waiting >= count).then_some(());
            are_there.ok_or_else(|| format!("{waiting} of {count} wait"))
        })
        .await;
    }

    /// A connection of one's own, for who asks often.
    pub async fn client(&self) -> tokio_postgres::Client {
        connect(&self.url).await
    }

    /// Everything in the database, as text.
    pub fn dump(&self) -> String {
        let mut command = std::process::Command::new("pg_dump");
        let output = command.arg("--dbname").arg(&self.url).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "pg_dump: {said}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let Home::Shared(lease, name) = &self.home else {
            return;
        };
        let url = of(lease, "postgres");
        let statement = format!("drop database if exists {name} with (force)");
        // A runtime of its own: this may run while the test's is going down.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(execute(&url, &statement));
        });
        let _ = dropping.join();
    }
}

fn of(lease: &Lease, database: &str) -> String {
    lease.shared.url.replace("{database}", database)
}

pub async fn ask(url: &str, query: &str) -> Vec<String> {
    let client = connect(url).await;
    let messages = client.simple_query(query).await.unwrap();
    let rows = messages.iter().filter_map(|message| {
        let tokio_postgres::SimpleQueryMessage::Row(row) = message else {
            return None;
        };
        Some(row.get(0).unwrap_or_default().to_owned())
    });
    rows.collect()
}

async fn execute(url: &str, statement: &str) {
    connect(url).await.batch_execute(statement).await.unwrap();
}

async fn connect(url: &str) -> tokio_postgres::Client {
    try_connect(url).await.unwrap()
}

#[expect(clippy::disallowed_methods, reason = "the connection's other half")]
async fn try_connect(url: &str) -> Result<tokio_postgres::Client, tokio_postgres::Error> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}
