//! Lists that come page by page.

use std::marker::PhantomData;

use pulse_api::http::Page;
use serde::de::DeserializeOwned;

use super::{Call, Client, same_page};
use crate::error::Failure;

/// The most items that are asked for at once.
const MOST: usize = 200;

/// The pages of a list, fetched one after the other: whoever takes them decides what is kept.
pub(crate) struct Pages<T> {
    client: Client,
    call: Call,
    cursor: Option<String>,
    is_over: bool,
    items: PhantomData<T>,
}

impl<T: DeserializeOwned> Pages<T> {
    /// The next page, which may be empty; none after the last.
    pub(crate) async fn next(&mut self) -> Result<Option<Vec<T>>, Failure> {
        self.at_most(None).await
    }

    /// The same where no more than so many items are of use.
    async fn at_most(&mut self, wanted: Option<usize>) -> Result<Option<Vec<T>>, Failure> {
        if self.is_over {
            return Ok(None);
        }
        let mut call = self.call.clone();
        if let Some(wanted) = wanted {
            call = call.query("limit", wanted.min(MOST).to_string());
        }
        if let Some(cursor) = &self.cursor {
            self.client.in_time()?;
            call = call.query("cursor", cursor);
        }
        let page: Page<T> = self.client.json(call).await?;
        if page.next_cursor.is_some() && page.next_cursor == self.cursor {
            return Err(same_page());
        }
        self.is_over = page.next_cursor.is_none();
        self.cursor = page.next_cursor;
        Ok(Some(page.items))
    }
}

impl Client {
    /// A list, page by page.
    pub(crate) fn pages<T: DeserializeOwned>(&self, call: Call) -> Pages<T> {
        Pages {
            client: self.clone(),
            call,
            cursor: None,
            is_over: false,
            items: PhantomData,
        }
    }

    /// Every item of a list, up to `limit`.
    pub(crate) async fn list<T: DeserializeOwned>(
        &self,
        call: Call,
        limit: Option<usize>,
    ) -> Result<Vec<T>, Failure> {
        let mut pages = self.pages(call);
        let mut items: Vec<T> = Vec::new();
        loop {
            let wanted = limit.map(|limit| limit.saturating_sub(items.len()));
            let Some(page) = pages.at_most(wanted).await? else {
                break;
            };
            items.extend(page);
            if limit.is_some_and(|limit| items.len() >= limit) {
                break;
            }
        }
        if let Some(limit) = limit {
            items.truncate(limit);
        }
        Ok(items)
    }
}
