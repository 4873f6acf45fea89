//! Words of the form KEY=VALUE.

use crate::error::Failure;

/// A flag that takes such words, and what one of them may look like.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pairs {
    pub(crate) flag: &'static str,
    pub(crate) example: &'static str,
}

impl Pairs {
    /// Reads all of them; of those with one key the last one holds.
    pub(crate) fn read<M: FromIterator<(String, String)>>(
        self,
        words: &[String],
    ) -> Result<M, Failure> {
        words.iter().map(|word| self.split(word)).collect()
    }

    fn split(self, word: &str) -> Result<(String, String), Failure> {
        let Self { flag, example } = self;
        let pair = word.split_once('=');
        let (key, value) = pair.filter(|(key, _)| !key.is_empty()).ok_or_else(|| {
            Failure::usage(format!("`{flag} {word}` has no value"))
                .hint(format!("write it as {flag} {example}"))
        })?;
        Ok((key.to_owned(), value.to_owned()))
    }
}
