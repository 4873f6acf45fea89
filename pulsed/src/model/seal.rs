//! Keys, and values that are sealed under them.
//!
//! Pure: randomness comes from the caller, files are read elsewhere. A value is sealed for one
//! subject: copied to another row, or to another version of its own, it does not open.

use std::fmt;

use ring::{
    aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    hkdf::{HKDF_SHA256, Salt},
    hmac,
};
use uuid::Uuid;

use super::token::{hex, unhex};

const KEY_LENGTH: usize = 32;
const SALT_LENGTH: usize = 32;

/// How many random bytes sealing takes.
pub(crate) const RANDOM: usize = SALT_LENGTH + NONCE_LEN;

/// What a sentinel says when it opens.
const SENTINEL: &[u8] = b"the right key";

/// A key by which values are sealed.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Key {
    /// 16 hex digits; what is sealed is marked with them.
    pub(crate) id: String,
    bytes: [u8; KEY_LENGTH],
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "key {}", self.id)
    }
}

/// What a sealed value is the value of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Subject<'a> {
    pub(crate) id: Uuid,
    pub(crate) name: &'a str,
    pub(crate) version: i32,
}

impl Subject<'_> {
    fn bytes(&self) -> Vec<u8> {
        let (id, version) = (self.id.as_bytes(), self.version.to_be_bytes());
        [id.as_slice(), &version, self.name.as_bytes()].concat()
    }
}

/// It was sealed under another key or for something else, or it was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("what is sealed does not open")]
pub(crate) struct Broken;

impl Key {
    /// A key out of random bytes.
    pub(crate) fn new(bytes: [u8; KEY_LENGTH]) -> Self {
        let naming = hmac::Key::new(hmac::HMAC_SHA256, &bytes);
        let name = hmac::sign(&naming, b"pulse secret key id");
        Self {
            id: hex(&name.as_ref()[..8]),
            bytes,
        }
    }

    /// Seals a value for its subject.
    pub(crate) fn seal(&self, subject: Subject<'_>, value: &[u8], random: [u8; RANDOM]) -> Vec<u8> {
        let (salt, nonce) = random.split_at(SALT_LENGTH);
        let mut sealed = value.to_vec();
        let nonce = Nonce::try_assume_unique_for_key(nonce).expect("it is as long as a nonce");
        self.under(salt)
            .seal_in_place_append_tag(nonce, Aad::from(subject.bytes()), &mut sealed)
            .expect("a value is far below 64 GiB");
        [&random, sealed.as_slice()].concat()
    }

    /// Opens what was sealed for this subject.
    pub(crate) fn open(&self, subject: Subject<'_>, sealed: &[u8]) -> Result<Vec<u8>, Broken> {
        let (random, body) = sealed.split_at_checked(RANDOM).ok_or(Broken)?;
        let (salt, nonce) = random.split_at(SALT_LENGTH);
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| Broken)?;
        let mut body = body.to_vec();
        let opened = self
            .under(salt)
            .open_in_place(nonce, Aad::from(subject.bytes()), &mut body);
        opened.map(|value| value.to_vec()).map_err(|_| Broken)
    }

    /// Each value has a key of its own, so that no nonce is ever used twice with one.
    fn under(&self, salt: &[u8]) -> LessSafeKey {
        let derived = Salt::new(HKDF_SHA256, salt).extract(&self.bytes);
        let key = derived
            .expand(&[b"pulse secret 1"], &CHACHA20_POLY1305)
            .map(UnboundKey::from);
        LessSafeKey::new(key.expect("the length is the cipher's own"))
    }

    /// What only this key opens: kept beside what is sealed, it tells whether a key is the right one.
    pub(crate) fn sentinel(&self, random: [u8; RANDOM]) -> Vec<u8> {
        self.seal(self.own_subject(), SENTINEL, random)
    }

    /// Whether the sentinel was made with this very key.
    pub(crate) fn made(&self, sentinel: &[u8]) -> bool {
        self.open(self.own_subject(), sentinel)
            .is_ok_and(|text| text == SENTINEL)
    }

    fn own_subject(&self) -> Subject<'_> {
        Subject {
            id: Uuid::nil(),
            name: &self.id,
            version: 0,
        }
    }

    /// A digest that tells nobody without the key anything about what it is of.
    pub(crate) fn digest(&self, bytes: &[u8]) -> Vec<u8> {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &self.bytes);
        hmac::sign(&key, bytes).as_ref().to_vec()
    }
}

/// The keys of a key file, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Keys(Vec<Key>);

/// What stands above the keys in their file.
const HEADING: &str = "\
# The keys that pulse seals secrets under; the last one is the newest. Without them no secret can be
# read any more: keep a copy of this file, away from the backups of the database.
";

impl Keys {
    /// One key alone.
    pub(crate) fn one(key: Key) -> Self {
        Self(vec![key])
    }

    /// Reads a key file; gives the number of the line that cannot be read, or 0 where there is none.
    pub(crate) fn parse(text: &str) -> Result<Self, usize> {
        let mut keys = Vec::new();
        for (line, number) in text.lines().zip(1_usize..) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let bytes = unhex(line).and_then(|bytes| bytes.try_into().ok());
            keys.push(Key::new(bytes.ok_or(number)?));
        }
        if keys.is_empty() {
            return Err(0);
        }
        Ok(Self(keys))
    }

    /// The text of a key file.
    pub(crate) fn text(&self) -> String {
        let lines = self.0.iter().map(|key| hex(&key.bytes) + "\n");
        HEADING.to_owned() + &lines.collect::<String>()
    }

    pub(crate) fn find(&self, id: &str) -> Option<&Key> {
        self.0.iter().find(|key| key.id == id)
    }

    pub(crate) fn newest(&self) -> &Key {
        self.0.last().expect("a key file without a key is not read")
    }

    /// Whether a rotation has begun and is not over.
    pub(crate) fn are_several(&self) -> bool {
        self.0.len() > 1
    }

    /// The same with another key, the newest.
    pub(crate) fn with(mut self, key: Key) -> Self {
        self.0.push(key);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SUBJECT: Subject<'_> = Subject {
        id: Uuid::from_u128(7),
        name: "TOKEN",
        version: 1,
    };

    fn key(byte: u8) -> Key {
        Key::new([byte; KEY_LENGTH])
    }

    #[test]
    fn what_is_sealed_opens_with_its_key_for_its_subject_only() {
        let sealed = key(1).seal(SUBJECT, b"hunter2hunter2", [9; RANDOM]);

        assert_eq!(key(1).open(SUBJECT, &sealed).unwrap(), b"hunter2hunter2");
        assert!(!sealed.windows(7).any(|window| window == b"hunter2"));
        let others = [
            Subject {
                id: Uuid::from_u128(8),
                ..SUBJECT
            },
            Subject {
                name: "OTHER",
                ..SUBJECT
            },
            Subject {
                version: 2,
                ..SUBJECT
            },
        ];
        for other in others {
            assert_eq!(key(1).open(other, &sealed), Err(Broken));
        }
        assert_eq!(key(2).open(SUBJECT, &sealed), Err(Broken));
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(key(1).open(SUBJECT, &changed), Err(Broken), "byte {at}");
        }
        assert_eq!(key(1).open(SUBJECT, &sealed[..10]), Err(Broken));
    }

    #[test]
    fn a_sentinel_knows_its_key() {
        let sentinel = key(1).sentinel([3; RANDOM]);

        assert!(key(1).made(&sentinel));
        assert!(!key(2).made(&sentinel));
    }

    #[test]
    fn a_key_file_is_read_as_it_was_written() {
        let keys = Keys::one(key(1)).with(key(2));
        let read = Keys::parse(&keys.text()).unwrap();

        assert_eq!(read, keys);
        assert_eq!(read.newest(), &key(2));
        assert_eq!(read.find(&key(1).id), Some(&key(1)));
        assert!(!format!("{read:?}").contains("0101"));
    }

    #[test]
    fn what_is_no_key_file_is_refused_with_its_line() {
        assert_eq!(Keys::parse("# nothing\n"), Err(0));
        assert_eq!(Keys::parse("# x\nnot a key\n"), Err(2));
        assert_eq!(Keys::parse(&"é".repeat(32)), Err(1));
    }
}
