//! The form of a token: `pulse_<kind>_<id>_<secret>_<checksum>`.
//!
//! The id finds the row, the secret proves the right, the prefix and the
//! checksum let scanners tell a leaked token from noise. Making and checking
//! secrets needs randomness and hashes, and lives with the server.

use uuid::Uuid;

/// What a token is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Enrols one host, once.
    Enroll,
    /// A worker's credential.
    Agent,
    /// A person's or a script's token.
    User,
}

impl TokenKind {
    /// The word in the token.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Enroll => "enroll",
            Self::Agent => "agent",
            Self::User => "user",
        }
    }
}

/// The parts of a token, borrowed from its text.
#[derive(Clone, Copy)]
pub struct TokenParts<'a> {
    pub kind: TokenKind,
    pub id: Uuid,
    pub secret: &'a str,
    /// Eight hex digits: the CRC-32 of everything before the last underscore.
    pub checksum: &'a str,
}

/// Takes a token apart; `None` when it does not have the form of one.
pub fn parse(token: &str) -> Option<TokenParts<'_>> {
    let mut parts = token.split('_');
    if parts.next() != Some("pulse") {
        return None;
    }
    let kind = match parts.next()? {
        "enroll" => TokenKind::Enroll,
        "agent" => TokenKind::Agent,
        "user" => TokenKind::User,
        _ => return None,
    };
    let id = Uuid::try_parse(parts.next()?).ok()?;
    let (secret, checksum) = (parts.next()?, parts.next()?);
    let is_hex = |text: &str, length: usize| {
        text.len() == length && text.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    let is_whole = parts.next().is_none() && is_hex(secret, 64) && is_hex(checksum, 8);
    is_whole.then_some(TokenParts {
        kind,
        id,
        secret,
        checksum,
    })
}

/// Puts a token together from its parts, without the checksum.
pub fn stem(kind: TokenKind, id: Uuid, secret: &str) -> String {
    format!("pulse_{}_{}_{secret}", kind.as_str(), id.simple())
}
