//! The audit trail: sealing it, checking the seal, and looking at it.

use std::collections::{HashMap, HashSet};

use pulse_api::http::audit::{AuditBreak, AuditEntry, AuditHead, AuditVerification};

use super::{Verb, perform};
use crate::{
    app::App,
    model::{audit::Link, token::hex},
    refusals::{Count, Kind},
    store::{
        self, StoreError, Tx,
        audit::{Deed, Filter, Sealed},
    },
};
use serde_json::json;
use uuid::Uuid;

/// How many rows one transaction seals.
const BATCH: i64 = 1_000;
/// How many links are checked at a time.
const PAGE: i64 = 2_000;

/// Adds what is new to the chain. Without input: what is unsealed is read here.
#[derive(Debug)]
pub(crate) struct Seal;

/// What sealing came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sealing {
    /// There may be more to seal.
    Full,
    /// Nothing is left, or another replica is at it.
    Done,
}

impl Verb for Seal {
    type Output = Sealing;
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<Sealing, StoreError> {
        if !store::audit::lock_chain(tx).await? {
            return Ok(Sealing::Done);
        }
        let rows = store::audit::unsealed(tx, BATCH).await?;
        if rows.is_empty() {
            return Ok(Sealing::Done);
        }
        let mut link = store::audit::head(tx).await?;
        let links: Vec<(i64, Link)> = rows
            .iter()
            .map(|(id, canonical)| {
                link = link.next(canonical);
                (*id, link)
            })
            .collect();
        store::audit::seal(tx, &links).await?;
        let is_full = i64::try_from(links.len()).is_ok_and(|count| count == BATCH);
        Ok(if is_full {
            Sealing::Full
        } else {
            Sealing::Done
        })
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

/// Writes which calls were refused since the last time, those that are alike as one row.
pub(crate) async fn write_refusals(app: &App) -> Result<(), StoreError> {
    let taken = app.refusals().take();
    if taken.is_empty() {
        return Ok(());
    }
    let written = perform(app, &WriteRefusals(&taken)).await;
    if written.is_err() {
        app.refusals().put_back(taken);
    }
    written
}

struct WriteRefusals<'a>(&'a HashMap<Kind, Count>);

impl Verb for WriteRefusals<'_> {
    type Output = ();
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<(), StoreError> {
        let deeds = self.0.iter().map(|(kind, count)| Deed {
            actor: kind.who.clone().unwrap_or_else(|| "somebody".to_owned()),
            action: kind.why.action(),
            subject: kind
                .from
                .map_or_else(|| "many".to_owned(), |from| from.to_string()),
            detail: json!({"times": count.times, "example": count.example}),
        });
        store::audit::insert_all(tx, deeds.collect());
        Ok(())
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

/// Checks the whole chain, and that it still holds what it held when `kept` was its head.
pub(crate) async fn verify(
    app: &App,
    kept: Option<AuditHead>,
) -> Result<AuditVerification, StoreError> {
    let mut tx = app.store().read().await?;
    let mut checking = Checking {
        link: Link::START,
        kept,
    };
    // Counted before the chain is read: what is sealed meanwhile is then checked, not overlooked.
    let (unsealed, forgotten) = store::audit::strays(&mut tx).await?;
    let mut broken = None;
    while broken.is_none() {
        let page = store::audit::sealed_after(&mut tx, checking.link.seq, PAGE).await?;
        if page.is_empty() {
            break;
        }
        broken = page.iter().find_map(|sealed| checking.follow(sealed).err());
    }
    let broken = broken
        .or_else(|| checking.missing_head())
        .or_else(|| forgotten.map(|id| break_of(None, Some(id), "the entry was never sealed")));
    let link = checking.link;
    Ok(AuditVerification {
        intact: broken.is_none(),
        checked: u64::try_from(link.seq).unwrap_or_default(),
        unsealed,
        head: (link.seq > 0).then(|| AuditHead {
            seq: link.seq,
            sha256: hex(&link.sha256),
        }),
        broken,
    })
}

/// How far the chain was found to be right.
struct Checking {
    link: Link,
    /// What somebody noted earlier, until it was passed.
    kept: Option<AuditHead>,
}

impl Checking {
    /// Follows one link; stays where it is when the link is wrong.
    fn follow(&mut self, sealed: &Sealed) -> Result<(), AuditBreak> {
        let wrong = |reason| break_of(Some(sealed.seq), Some(sealed.id), reason);
        if sealed.seq != self.link.seq + 1 {
            let missing = self.link.seq + 1;
            return Err(break_of(Some(missing), None, "the link is missing"));
        }
        let Some(canonical) = &sealed.canonical else {
            return Err(wrong("the entry is gone"));
        };
        let link = self.link.next(canonical);
        if sealed.sha256 != link.sha256 {
            return Err(wrong("the entry is not what was sealed"));
        }
        if let Some(kept) = self.kept.take_if(|kept| kept.seq == link.seq)
            && !kept.sha256.eq_ignore_ascii_case(&hex(&link.sha256))
        {
            return Err(wrong("the chain was made anew: it had another digest here"));
        }
        self.link = link;
        Ok(())
    }

    /// A chain that ends before what was its head has lost its end.
    fn missing_head(&self) -> Option<AuditBreak> {
        let kept = self.kept.as_ref()?;
        Some(break_of(Some(kept.seq), None, "the chain ends before here"))
    }
}

fn break_of(seq: Option<i64>, id: Option<i64>, reason: &str) -> AuditBreak {
    AuditBreak {
        seq,
        id,
        reason: reason.to_owned(),
    }
}

/// In which order the trail is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    NewestFirst,
    /// By place in the chain: nothing is ever added before what was shown.
    AsSealed,
}

/// Who did what.
pub(crate) async fn list(
    app: &App,
    order: Order,
    filter: Filter,
) -> Result<Vec<AuditEntry>, StoreError> {
    let mut tx = app.store().read().await?;
    let mut entries = match order {
        Order::NewestFirst => store::audit::list(&mut tx, filter).await?,
        Order::AsSealed => store::audit::list_sealed(&mut tx, filter).await?,
    };
    let ids = entries
        .iter()
        .flat_map(|entry| [&entry.actor, &entry.subject]);
    let ids: HashSet<Uuid> = ids.filter_map(|id| id.parse().ok()).collect();
    if ids.is_empty() {
        return Ok(entries);
    }
    let names = store::audit::names(&mut tx, ids.into_iter().collect()).await?;
    let name = |id: &str| names.get(&id.parse().ok()?).cloned();
    for entry in &mut entries {
        entry.actor_name = name(&entry.actor);
        entry.subject_name = name(&entry.subject);
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(rows: &[&str]) -> Vec<Sealed> {
        let mut link = Link::START;
        rows.iter()
            .map(|row| {
                link = link.next(row);
                Sealed {
                    seq: link.seq,
                    sha256: link.sha256.to_vec(),
                    id: link.seq + 100,
                    canonical: Some((*row).to_owned()),
                }
            })
            .collect()
    }

    fn check(chain: &[Sealed], kept: Option<(i64, &str)>) -> Option<AuditBreak> {
        let kept = kept.map(|(seq, sha256)| AuditHead {
            seq,
            sha256: sha256.to_owned(),
        });
        let mut checking = Checking {
            link: Link::START,
            kept,
        };
        chain
            .iter()
            .find_map(|sealed| checking.follow(sealed).err())
            .or_else(|| checking.missing_head())
    }

    #[test]
    fn a_chain_as_it_was_made_is_right() {
        let chain = chain(&["a", "b", "c"]);
        let head = hex(&chain[2].sha256);

        assert!(check(&chain, None).is_none());
        assert!(check(&chain, Some((3, &head))).is_none());
    }

    #[test]
    fn a_changed_a_missing_and_a_moved_row_are_found() {
        let mut changed = chain(&["a", "b", "c"]);
        changed[1].canonical = Some("B".to_owned());
        let mut gone = chain(&["a", "b", "c"]);
        gone[1].canonical = None;
        let mut cut = chain(&["a", "b", "c"]);
        cut.remove(1);

        for broken in [changed, gone, cut] {
            assert_eq!(check(&broken, None).unwrap().seq, Some(2));
        }
    }

    #[test]
    fn a_chain_that_was_made_anew_or_cut_short_is_found_with_an_earlier_head() {
        let earlier = hex(&chain(&["a", "b", "c"])[2].sha256);

        let anew = check(&chain(&["a", "x", "c"]), Some((3, &earlier)));
        let short = check(&chain(&["a", "b"]), Some((3, &earlier)));

        assert_eq!(anew.unwrap().seq, Some(3));
        assert_eq!(short.unwrap().seq, Some(3));
    }
}
