//! What a transaction writes, as one statement.
//!
//! Each write is a common table expression. All of them see the rows as they were before the
//! statement: none reads what another writes, and no two write the same row. How many rows were found
//! is checked in the order of the writes, and so their rows are locked in that order.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    sync::{LazyLock, Mutex, PoisonError},
};

use jiff::Timestamp;
use pulse_api::WorkerId;
use uuid::Uuid;

use super::{
    jobs::write::OfferedRow,
    sql::{Statement, row, sql},
    types::{Array, At, BigInt, Bool, Integer, Nullable, SqlUuid, Timestamptz},
};

/// One of the writes of a statement.
pub(super) struct Write<'a> {
    /// The same name stands for the same text everywhere.
    name: &'static str,
    statement: Statement<'a>,
    /// How many rows it is about: the length of each of its arrays.
    rows: usize,
    /// Whether all of them must be there.
    is_checked: bool,
}

/// The write that adds jobs: its rows are the offers among them.
pub(super) const NEW_JOBS: &str = "new_jobs";

/// The write that tells channels of what has ended: its rows are what is to be told.
pub(super) const TOLD: &str = "told";

/// The write that notes what has ended for the documents that wait for it: its rows are what is to be decided.
pub(super) const HEARD: &str = "heard";

/// A write of so many rows, given as `unnest($1, $2, …) as v (…)`.
pub(super) fn write<'a>(name: &'static str, rows: usize, statement: Statement<'a>) -> Write<'a> {
    Write {
        name,
        statement,
        rows,
        is_checked: false,
    }
}

impl Write<'_> {
    /// Fails the transaction where it does not return all of its rows.
    pub(super) fn finding_all(mut self) -> Self {
        self.is_checked = true;
        self
    }

    /// The text with its values numbered after so many of others.
    fn body(&self, bound: usize) -> String {
        let text = renumber(self.statement.text(), bound);
        if self.rows == 1 { of_one(&text) } else { text }
    }
}

row! { WrittenRow {
    now: At = Timestamptz,
    has_waiting: bool = Bool,
    has_told: bool = Bool,
    id: Option<Uuid> = Nullable<SqlUuid>,
    attempt: Option<i32> = Nullable<Integer>,
    fence: Option<i64> = Nullable<BigInt>,
    offer_expires_at: Option<At> = Nullable<Timestamptz>,
} }

impl WrittenRow {
    /// The moment of the transaction, and whether jobs wait for one of the workers looked for.
    pub(super) fn seen(&self) -> (Timestamp, bool) {
        (self.now.to_jiff(), self.has_waiting)
    }

    /// Whether a channel is to be told something, or a document waits for it.
    pub(super) fn has_told(&self) -> bool {
        self.has_told
    }

    /// The job that was added, if one was.
    pub(super) fn job(self) -> Option<OfferedRow> {
        Some(OfferedRow {
            id: self.id?,
            attempt: self.attempt?,
            fence: self.fence,
            offer_expires_at: self.offer_expires_at,
        })
    }
}

/// The statements that carry out these writes: one, unless some of them are alike.
///
/// Whether jobs wait for `workers` is looked for as it was before.
pub(super) fn together<'a>(writes: Vec<Write<'a>>, workers: &[WorkerId]) -> Vec<Statement<'a>> {
    let mut groups: Vec<Vec<Write<'a>>> = Vec::new();
    for write in writes {
        match groups.last_mut() {
            Some(group) if group.iter().all(|other| other.name != write.name) => group.push(write),
            Some(_) | None => groups.push(vec![write]),
        }
    }
    if groups.is_empty() && !workers.is_empty() {
        groups.push(Vec::new());
    }
    groups
        .into_iter()
        .map(|group| one(group, workers))
        .collect()
}

/// One statement of writes that all have different names.
fn one<'a>(writes: Vec<Write<'a>>, workers: &[WorkerId]) -> Statement<'a> {
    let mut statement = sql(text_of(&writes));
    let mut expected = Vec::new();
    for write in writes {
        statement = statement.append(write.statement);
        if write.is_checked {
            expected.push(i64::try_from(write.rows).unwrap_or(i64::MAX));
        }
    }
    for rows in expected {
        statement = statement.bind::<BigInt, _>(rows);
    }
    let workers: Vec<Uuid> = workers.iter().map(|id| id.0).collect();
    statement.bind::<Array<SqlUuid>, _>(workers)
}

/// The text for these writes, made once and kept: which of them come together, and whether as one row
/// or as many, is bounded by what verbs there are.
fn text_of(writes: &[Write<'_>]) -> &'static str {
    type Texts = Mutex<BTreeMap<Vec<(&'static str, bool)>, &'static str>>;
    static TEXTS: LazyLock<Texts> = LazyLock::new(Mutex::default);
    let names = writes.iter().map(|write| (write.name, write.rows == 1));
    let names: Vec<_> = names.collect();
    let mut texts = TEXTS.lock().unwrap_or_else(PoisonError::into_inner);
    texts
        .entry(names)
        .or_insert_with(|| Box::leak(compose(writes).into_boxed_str()))
}

fn compose(writes: &[Write<'_>]) -> String {
    let mut text = String::new();
    let mut bound = 0;
    for write in writes {
        let comma = if text.is_empty() { "with " } else { ", " };
        let body = write.body(bound);
        let name = write.name;
        let _ = write!(text, "{comma}{name} as ({body})");
        bound += write.statement.bound();
    }
    text.push_str(" select seen.*, job.* from (select ");
    for write in writes.iter().filter(|write| write.is_checked) {
        bound += 1;
        let name = write.name;
        let _ = write!(
            text,
            "expect_rows((select count(*) from {name}), ${bound}) as found_{name}, "
        );
    }
    bound += 1;
    let _ = write!(
        text,
        "now() as now, exists (select 1 from jobs where worker_id = any (${bound}) \
         and status = 'pending') as has_waiting, "
    );
    for told in [TOLD, HEARD] {
        if writes.iter().any(|write| write.name == told) {
            let _ = write!(text, "exists (select 1 from {told}) or ");
        }
    }
    text.push_str("false as has_told");
    text.push_str(") as seen left join ");
    if writes.iter().any(|write| write.name == NEW_JOBS) {
        text.push_str("new_jobs");
    } else {
        text.push_str(
            "(select null::uuid as id, null::integer as attempt, null::bigint as fence, \
             null::timestamptz as offer_expires_at)",
        );
    }
    text.push_str(" as job on true");
    text
}

/// The text with `$1` where it said `$1` before `by` values of others.
fn renumber(text: &str, by: usize) -> String {
    let mut parts = text.split('$');
    let mut renumbered = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = part.split_at(digits);
        match number.parse::<usize>() {
            Ok(number) => {
                let _ = write!(renumbered, "${}{rest}", number + by);
            }
            Err(_) => {
                let _ = write!(renumbered, "${part}");
            }
        }
    }
    renumbered
}

/// The text for a single row: the first elements of the arrays are taken as they are, which costs
/// PostgreSQL nothing, where a table of them costs it more than the write.
fn of_one(text: &str) -> String {
    let (start, end) = ("unnest(", ')');
    let Some((before, (arrays, after))) = text
        .split_once(start)
        .and_then(|(before, rest)| Some((before, rest.split_once(end)?)))
    else {
        return text.to_owned();
    };
    let firsts: Vec<_> = arrays
        .split(", ")
        .map(|array| format!("({array})[1]"))
        .collect();
    format!("{before}(select {}){after}", firsts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::types::Text;

    fn named(name: &'static str, rows: usize) -> Write<'static> {
        let text =
            "update t set a = v.a from unnest($1, $2) as v (a, b) where t.b = v.b returning 1";
        let (a, b) = (vec!["a"; rows], vec!["b"; rows]);
        let statement = sql(text)
            .bind::<Array<Text>, _>(a)
            .bind::<Array<Text>, _>(b);
        write(name, rows, statement)
    }

    #[test]
    fn each_write_has_its_own_values_and_those_that_have_to_find_all_are_checked_in_order() {
        let writes = vec![
            named("first", 2).finding_all(),
            named("second", 1),
            named("third", 3).finding_all(),
        ];

        let text = compose(&writes);

        let body = |from: &str| {
            format!("update t set a = v.a from {from} as v (a, b) where t.b = v.b returning 1")
        };
        let [first, second, third] = [
            body("unnest($1, $2)"),
            body("(select ($3)[1], ($4)[1])"),
            body("unnest($5, $6)"),
        ];
        assert!(text.starts_with(&format!(
            "with first as ({first}), second as ({second}), third as ({third}) select seen.*, job.* from (select \
             expect_rows((select count(*) from first), $7) as found_first, \
             expect_rows((select count(*) from third), $8) as found_third, now() as now, "
        )), "{text}");
        assert!(text.contains("worker_id = any ($9)"), "{text}");
    }

    #[test]
    fn writes_that_are_alike_get_statements_of_their_own() {
        let writes = ["one", "two", "two", "three"].map(|name| named(name, 1));

        let statements = together(writes.into(), &[]);

        let texts: Vec<_> = statements.iter().map(Statement::text).collect();
        assert_eq!(texts.len(), 2);
        assert!(texts[0].contains("one as (") && texts[0].contains("two as ("));
        assert!(texts[1].contains("two as (") && texts[1].contains("three as ("));
    }
}
