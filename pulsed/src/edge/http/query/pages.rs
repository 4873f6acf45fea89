//! Pages of lists: how long one is, where it begins, and where the next one does.

use pulse_api::{ProblemCode, http::Page};
use serde_json::{Value, json};

use super::{Described, Parameter, Parameters, Unfit, unknown, value};
use crate::{edge::http::problem::Refusal, model::place::Place};

/// The most items that one page has.
const LONGEST: i64 = 500;

/// The length of a page.
#[derive(Debug, Clone, Copy)]
pub(in crate::edge::http) struct Limit<const WITHOUT: i64>(pub(in crate::edge::http) i64);

impl<const WITHOUT: i64> Default for Limit<WITHOUT> {
    fn default() -> Self {
        Self(WITHOUT)
    }
}

impl<const WITHOUT: i64> Parameter for Limit<WITHOUT> {
    fn schema() -> Value {
        json!({"type": "integer", "minimum": 1, "maximum": LONGEST, "default": WITHOUT})
    }

    fn read(text: &str) -> Result<Self, Unfit> {
        let limit = text.parse().ok();
        limit
            .filter(|limit| (1..=LONGEST).contains(limit))
            .map(Self)
            .ok_or(Unfit::Plain)
    }
}

impl<const WITHOUT: i64> Limit<WITHOUT> {
    /// How many items to fetch: one more tells whether there is another page.
    pub(in crate::edge::http) fn and_one(self) -> i64 {
        self.0 + 1
    }

    /// A page of what was fetched, with the cursor of the next one, where there is one.
    pub(in crate::edge::http) fn page<T, P: Place>(
        self,
        mut items: Vec<T>,
        place: impl FnOnce(&T) -> P,
    ) -> Page<T> {
        let length = usize::try_from(self.0).unwrap_or(usize::MAX);
        let is_last = items.len() <= length;
        items.truncate(length);
        let last = items.last().filter(|_| !is_last);
        let next_cursor = last.map(|last| place(last).sealed());
        Page { items, next_cursor }
    }
}

/// The place that a page begins after.
#[derive(Debug)]
struct Cursor<P>(Option<P>);

impl<P> Default for Cursor<P> {
    fn default() -> Self {
        Self(None)
    }
}

impl<P: Place> Parameter for Cursor<P> {
    fn schema() -> Value {
        json!({"type": "string"})
    }

    /// An empty one is that of nobody's page before: the beginning.
    fn read(text: &str) -> Result<Self, Unfit> {
        if text.is_empty() {
            return Ok(Self(None));
        }
        let place = P::unsealed(text).map_err(|_| Unfit::Plain)?;
        Ok(Self(Some(place)))
    }

    fn refuse(_: &str, _: String) -> Refusal {
        bad_cursor("the cursor is not one of this list")
            .hint("each page gives the next one's as next_cursor; begin without one")
    }
}

/// Which part of a list is wanted.
#[derive(Debug)]
pub(in crate::edge::http) struct Part<P, const WITHOUT: i64> {
    /// The place that it begins after; none for its beginning.
    pub(in crate::edge::http) after: Option<P>,
    pub(in crate::edge::http) limit: Limit<WITHOUT>,
}

impl<P, const WITHOUT: i64> Default for Part<P, WITHOUT> {
    fn default() -> Self {
        Self {
            after: None,
            limit: Limit::default(),
        }
    }
}

impl<P: Place, const WITHOUT: i64> Parameters for Part<P, WITHOUT> {
    fn described() -> Vec<Described> {
        vec![
            Described {
                name: "cursor",
                description: " The `next_cursor` of the page before; an empty one is the beginning.",
                schema: Cursor::<P>::schema(),
            },
            Described {
                name: "limit",
                description: " How many items a page has.",
                schema: Limit::<WITHOUT>::schema(),
            },
        ]
    }

    fn take(&mut self, name: &str, text: &str) -> Result<(), Refusal> {
        match name {
            "cursor" => self.after = value::<Cursor<P>>(name, text)?.0,
            "limit" => self.limit = value(name, text)?,
            _ => return Err(unknown::<Self>(name)),
        }
        Ok(())
    }
}

/// A place that is none of this list or stream.
pub(in crate::edge::http) fn bad_cursor(detail: &str) -> Refusal {
    Refusal::new(ProblemCode::BadCursor, detail)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::place::Count;

    #[test]
    fn only_a_page_with_another_one_behind_it_has_a_cursor() {
        let limit = Limit::<2>::default();

        let full = limit.page(vec![1, 2, 3], |last| Count(*last));
        let last = limit.page(vec![3, 4], |last| Count(*last));

        assert_eq!(full.items, vec![1, 2]);
        assert_eq!(full.next_cursor, Some(Count(2).sealed()));
        assert_eq!((last.items, last.next_cursor), (vec![3, 4], None));
    }
}
