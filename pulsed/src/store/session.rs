//! A pooled connection to PostgreSQL, and which statements it has prepared.

use std::{
    collections::HashSet,
    ops::{Deref, DerefMut},
};

use diesel::ConnectionError;
use diesel_async::{AsyncPgConnection, pooled_connection::PoolableConnection};

use super::connect;

/// A connection.
pub(super) struct Session {
    conn: AsyncPgConnection,
    prepared: HashSet<&'static str>,
}

impl Session {
    /// Whether all of these can be sent at once in this order: what has to be prepared first would
    /// be overtaken by what has not.
    pub(super) fn knows(&self, texts: &[&'static str]) -> bool {
        texts.iter().all(|text| self.prepared.contains(text))
    }

    /// Notes that statements were run, and so have been prepared.
    pub(super) fn learn(&mut self, texts: impl IntoIterator<Item = &'static str>) {
        self.prepared.extend(texts);
    }
}

impl Deref for Session {
    type Target = AsyncPgConnection;

    fn deref(&self) -> &AsyncPgConnection {
        &self.conn
    }
}

impl DerefMut for Session {
    fn deref_mut(&mut self) -> &mut AsyncPgConnection {
        &mut self.conn
    }
}

/// Makes the connections of the pool.
pub(super) struct Connector {
    url: String,
}

impl Connector {
    pub(super) fn new(url: &str) -> Self {
        Self {
            url: url.to_owned(),
        }
    }
}

impl bb8::ManageConnection for Connector {
    type Connection = Session;
    type Error = ConnectionError;

    async fn connect(&self) -> Result<Session, ConnectionError> {
        Ok(Session {
            conn: connect::establish(&self.url).await?,
            prepared: HashSet::new(),
        })
    }

    /// Nothing is asked of PostgreSQL: a connection that it has closed meanwhile is known to be so.
    async fn is_valid(&self, session: &mut Session) -> Result<(), ConnectionError> {
        if session.conn.is_broken() {
            let closed = "it was closed while nobody used it".to_owned();
            return Err(ConnectionError::BadConnection(closed));
        }
        Ok(())
    }

    fn has_broken(&self, session: &mut Session) -> bool {
        session.conn.is_broken()
    }
}
