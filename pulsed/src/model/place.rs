//! Places in lists, as cursors name them: where a page ends, and the next one goes on.

use std::{fmt, str::FromStr};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use jiff::Timestamp;
use pulse_api::{WorkerId, http::secrets::SecretUser};
use pulse_workflow::secrets;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{region, worker, workflow};

/// A text that is no place of its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NoPlace;

/// Where a page of a list may begin.
pub(crate) trait Place: fmt::Display + FromStr {
    /// What the list is ordered by.
    const AMONG: &'static str;

    /// The place as a cursor: not to be understood, and nobody's guess is one.
    fn sealed(&self) -> String {
        let text = self.to_string();
        let seal = seal::<Self>(&text);
        BASE64_URL_SAFE_NO_PAD.encode([seal.as_slice(), text.as_bytes()].concat())
    }

    /// The place that a cursor was made of.
    fn unsealed(cursor: &str) -> Result<Self, NoPlace> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(cursor).map_err(|_| NoPlace)?;
        let (found, text) = bytes.split_first_chunk::<SEAL>().ok_or(NoPlace)?;
        let text = str::from_utf8(text).map_err(|_| NoPlace)?;
        if *found != seal::<Self>(text) {
            return Err(NoPlace);
        }
        text.parse().map_err(|_| NoPlace)
    }
}

/// How many bytes of a cursor say that it was made here.
const SEAL: usize = 6;

fn seal<P: Place>(text: &str) -> [u8; SEAL] {
    let mut hash = Sha256::new();
    hash.update(P::AMONG);
    hash.update([0]);
    hash.update(text);
    *hash.finalize().first_chunk().unwrap_or(&[0; SEAL])
}

/// The first moment that PostgreSQL has.
const FIRST: Timestamp = Timestamp::constant(-210_866_803_200, 0);

/// Whether the store can compare with a moment.
pub(crate) fn is_storable(at: Timestamp) -> bool {
    at >= FIRST
}

/// A place among what is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Count(pub(crate) i64);

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Count {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let is_plain = text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse().ok().filter(|_| is_plain);
        number.map(Self).ok_or(NoPlace)
    }
}

impl Place for Count {
    const AMONG: &'static str = "number";
}

/// A place among what is ordered by age.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Aged {
    pub(crate) at: Timestamp,
    pub(crate) id: Uuid,
}

impl fmt::Display for Aged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.at.as_microsecond(), self.id)
    }
}

impl FromStr for Aged {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let (at, id) = text.split_once('.').ok_or(NoPlace)?;
        let at = at.parse().map_err(|_| NoPlace)?;
        let at = Timestamp::from_microsecond(at).map_err(|_| NoPlace)?;
        Ok(Self {
            at: Some(at).filter(|at| is_storable(*at)).ok_or(NoPlace)?,
            id: id.parse().map_err(|_| NoPlace)?,
        })
    }
}

impl Place for Aged {
    const AMONG: &'static str = "age";
}

/// A place among attempts of jobs that are ordered by age.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Attempt {
    pub(crate) job: Aged,
    pub(crate) attempt: i32,
}

impl fmt::Display for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.job, self.attempt)
    }
}

impl FromStr for Attempt {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let (job, attempt) = text.rsplit_once('.').ok_or(NoPlace)?;
        Ok(Self {
            job: job.parse()?,
            attempt: attempt.parse().map_err(|_| NoPlace)?,
        })
    }
}

impl Place for Attempt {
    const AMONG: &'static str = "attempt";
}

/// A place among workers by name. Deleted ones may share a name; then the id tells them apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Worker {
    pub(crate) name: String,
    pub(crate) id: Option<WorkerId>,
}

impl fmt::Display for Worker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        self.id.map_or(Ok(()), |id| write!(f, "~{id}"))
    }
}

impl FromStr for Worker {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let (name, id) = match text.split_once('~') {
            Some((name, id)) => (name, Some(id.parse().map_err(|_| NoPlace)?)),
            None => (text, None),
        };
        let name = Some(name).filter(|name| worker::is_valid_name(name));
        Ok(Self {
            name: name.ok_or(NoPlace)?.to_owned(),
            id,
        })
    }
}

impl Place for Worker {
    const AMONG: &'static str = "worker";
}

/// A place among workflows by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Workflow(pub(crate) String);

impl fmt::Display for Workflow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Workflow {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let name = Some(text).filter(|name| workflow::is_valid_name(name));
        name.map(|name| Self(name.to_owned())).ok_or(NoPlace)
    }
}

impl Place for Workflow {
    const AMONG: &'static str = "workflow";
}

/// A place among channels by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Channel(pub(crate) String);

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Channel {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let name = Some(text).filter(|name| workflow::is_valid_name(name));
        name.map(|name| Self(name.to_owned())).ok_or(NoPlace)
    }
}

impl Place for Channel {
    const AMONG: &'static str = "channel";
}

/// A place among what uses a secret, by kind and name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Use(pub(crate) SecretUser, pub(crate) String);

impl fmt::Display for Use {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.0.as_str(), self.1)
    }
}

impl FromStr for Use {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let (kind, name) = text.split_once('/').ok_or(NoPlace)?;
        let mut kinds = SecretUser::ALL.into_iter();
        let kind = kinds.find(|known| known.as_str() == kind).ok_or(NoPlace)?;
        let name = Some(name).filter(|name| workflow::is_valid_name(name));
        name.map(|name| Self(kind, name.to_owned())).ok_or(NoPlace)
    }
}

impl Place for Use {
    const AMONG: &'static str = "secret use";
}

/// A place among schedules by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Schedule(pub(crate) String);

impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Schedule {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let name = text.split_once('.').map_or(text, |(name, _)| name);
        let is_name = workflow::is_valid_name(name) && !text.contains(char::is_whitespace);
        is_name.then(|| Self(text.to_owned())).ok_or(NoPlace)
    }
}

impl Place for Schedule {
    const AMONG: &'static str = "schedule";
}

/// A place among monitors by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Monitor(pub(crate) String);

impl fmt::Display for Monitor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Monitor {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let is_name = workflow::is_valid_name(text);
        is_name.then(|| Self(text.to_owned())).ok_or(NoPlace)
    }
}

impl Place for Monitor {
    const AMONG: &'static str = "monitor";
}

/// A place among regions by code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Region(pub(crate) String);

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Region {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let code = Some(text).filter(|code| region::is_valid_code(code));
        code.map(|code| Self(code.to_owned())).ok_or(NoPlace)
    }
}

impl Place for Region {
    const AMONG: &'static str = "region";
}

/// A place among secrets by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Secret(pub(crate) String);

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Secret {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let name = Some(text).filter(|name| secrets::fault_of_name(name).is_none());
        name.map(|name| Self(name.to_owned())).ok_or(NoPlace)
    }
}

impl Place for Secret {
    const AMONG: &'static str = "secret";
}

/// A place among users by name. A proxy's names may be any text, so that they are wrapped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct User(pub(crate) String);

impl fmt::Display for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE64_URL_SAFE_NO_PAD.encode(&self.0))
    }
}

impl FromStr for User {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| NoPlace)?;
        let name = String::from_utf8(bytes).map_err(|_| NoPlace)?;
        let is_name = !name.is_empty() && !name.contains(char::is_control);
        is_name.then_some(Self(name)).ok_or(NoPlace)
    }
}

impl Place for User {
    const AMONG: &'static str = "user";
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0199f3a0-0000-7000-8000-000000000001";

    #[track_caller]
    fn is_read_back<P: FromStr<Err = NoPlace> + fmt::Display>(text: &str) {
        let place = text.parse::<P>().map(|place| place.to_string());

        assert_eq!(place, Ok(text.to_owned()));
    }

    #[test]
    fn a_place_is_read_back_as_it_was_written() {
        is_read_back::<Count>("42");
        is_read_back::<Aged>(&format!("1790000000000001.{ID}"));
        is_read_back::<Attempt>(&format!("1790000000000001.{ID}.2"));
        is_read_back::<Worker>("web-1.example");
        is_read_back::<Worker>(&format!("web-1~{ID}"));
        is_read_back::<Workflow>("restart");
        is_read_back::<Region>("fra");
        is_read_back::<Channel>("ops");
        is_read_back::<Monitor>("site");
        is_read_back::<Use>("channel/ops");
        is_read_back::<Schedule>("backup.2");
        is_read_back::<Secret>("DB_PASSWORD");
        is_read_back::<User>("w6RubmU");
    }

    #[test]
    fn a_moment_that_the_store_does_not_have_is_no_place() {
        let place = |at: Timestamp| format!("{}.{ID}", at.as_microsecond()).parse::<Aged>();

        assert!(place(FIRST).is_ok());
        assert_eq!(place(FIRST - jiff::Span::new().seconds(1)), Err(NoPlace));
        assert_eq!(place(Timestamp::MIN), Err(NoPlace));
    }

    #[test]
    fn what_is_no_place_is_none() {
        for text in ["", "!!", "-1", "+1", "a b", "\u{1}", "99999999999999999999"] {
            assert_eq!(text.parse::<Count>(), Err(NoPlace), "{text}");
            assert_eq!(text.parse::<Aged>(), Err(NoPlace), "{text}");
            assert_eq!(text.parse::<Attempt>(), Err(NoPlace), "{text}");
            assert_eq!(text.parse::<User>(), Err(NoPlace), "{text}");
        }
        for text in ["", "!!", "-1", "a b", "web~1"] {
            assert_eq!(text.parse::<Worker>(), Err(NoPlace), "{text}");
            assert_eq!(text.parse::<Workflow>(), Err(NoPlace), "{text}");
            assert_eq!(text.parse::<Region>(), Err(NoPlace), "{text}");
            assert_eq!(text.parse::<Schedule>(), Err(NoPlace), "{text}");
            assert_eq!(text.parse::<Secret>(), Err(NoPlace), "{text}");
            assert_eq!(text.parse::<Use>(), Err(NoPlace), "{text}");
        }
    }
}
