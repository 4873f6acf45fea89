//! Changing several things one after the other: what is refused is told, and the rest is done.

use crate::{
    error::{Exit, Failure, Kind},
    follow::plural,
};

/// What became of each of several things.
pub(super) struct Each {
    count: usize,
    noun: &'static str,
    refused: Vec<(String, Failure)>,
}

impl Each {
    pub(super) const fn of(count: usize, noun: &'static str) -> Self {
        Self {
            count,
            noun,
            refused: Vec::new(),
        }
    }

    /// Takes what became of one; gives a failure back that the others would meet too.
    pub(super) fn take(&mut self, name: &str, outcome: Result<(), Failure>) -> Result<(), Failure> {
        let Err(failure) = outcome else {
            return Ok(());
        };
        let is_its_own = matches!(
            failure.kind,
            Kind::NotFound | Kind::Conflict | Kind::Usage | Kind::Failed | Kind::General
        );
        if self.count == 1 || !is_its_own {
            return Err(failure);
        }
        self.refused.push((name.to_owned(), failure));
        Ok(())
    }

    /// Tells which were refused; some but not all of them is an exit code of its own.
    pub(super) fn end(self) -> Result<Exit, Failure> {
        let Some((_, first)) = self.refused.first() else {
            return Ok(Exit::OK);
        };
        let is_alike = self.refused.iter().all(|(_, it)| it.kind == first.kind);
        let kind = match self.refused.len() == self.count {
            true if is_alike => first.kind,
            true => Kind::Failed,
            false => Kind::Partial,
        };
        let (count, noun) = (self.refused.len(), plural(self.count, self.noun));
        let hint = first.hint.clone();
        let lines = self.refused.iter();
        let lines = lines.map(|(name, failure)| format!("{name}: {failure}"));
        let told =
            Failure::new(kind, format!("{count} of {noun} refused")).details(lines.collect());
        Err(match hint {
            Some(hint) => told.hint(hint),
            None => told,
        })
    }
}
