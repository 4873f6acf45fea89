//! Hand-written SQL that PostgreSQL parses and plans once per connection.
//!
//! `diesel::sql_query` never caches its statement; the text here is static, so
//! it can be. Everything else about a query (binding, loading rows by name)
//! stays diesel's.

use std::marker::PhantomData;

use diesel::{
    QueryResult,
    pg::Pg,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    serialize::ToSql,
    sql_types::{HasSqlType, Untyped},
};

/// A statement of SQL with its values.
pub(super) struct Statement<'a> {
    text: &'static str,
    binds: Vec<Box<dyn QueryFragment<Pg> + Send + Sync + 'a>>,
}

/// A statement with `$1, $2, …` for the values that `bind` adds in order.
pub(super) fn sql<'a>(text: &'static str) -> Statement<'a> {
    Statement {
        text,
        binds: Vec::new(),
    }
}

impl<'a> Statement<'a> {
    pub(super) fn text(&self) -> &'static str {
        self.text
    }

    /// How many values were added.
    pub(super) fn bound(&self) -> usize {
        self.binds.len()
    }

    /// Adds the values of another one.
    pub(super) fn append(mut self, other: Self) -> Self {
        self.binds.extend(other.binds);
        self
    }

    /// Adds the value of the next placeholder.
    pub(super) fn bind<T, V>(mut self, value: V) -> Self
    where
        T: Send + Sync + 'a,
        V: ToSql<T, Pg> + Send + Sync + 'a,
        Pg: HasSqlType<T>,
    {
        self.binds.push(Box::new(Bind::<T, V> {
            value,
            kind: PhantomData,
        }));
        self
    }
}

struct Bind<T, V> {
    value: V,
    kind: PhantomData<T>,
}

impl<T, V> QueryFragment<Pg> for Bind<T, V>
where
    V: ToSql<T, Pg>,
    Pg: HasSqlType<T>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_bind_param_value_only(&self.value)
    }
}

impl QueryFragment<Pg> for Statement<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(self.text);
        for bind in &self.binds {
            bind.walk_ast(out.reborrow())?;
        }
        Ok(())
    }
}

impl QueryId for Statement<'_> {
    type QueryId = ();

    const HAS_STATIC_QUERY_ID: bool = false;
}

impl Query for Statement<'_> {
    type SqlType = Untyped;
}

/// Declares a row: each field with its Rust type and, after `=`, its SQL type.
macro_rules! row {
    ($(#[$meta:meta])* $name:ident { $($field:ident: $rust:ty = $sql:ty),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(diesel::QueryableByName)]
        pub(in crate::store) struct $name {
            $(#[diesel(sql_type = $sql)] pub(in crate::store) $field: $rust,)+
        }
    };
}
pub(super) use row;
