//! Secrets: making them, and knowing them again by their digest.

use pulse_api::token::{self, TokenKind};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use uuid::Uuid;

/// The shortest and the longest life of a user's token, in seconds.
pub(crate) const TTL_SECONDS: std::ops::RangeInclusive<u32> = 60..=90 * 24 * 60 * 60;

/// A token that was just made: shown once, then only its digest is known.
pub(crate) struct Minted {
    pub(crate) id: Uuid,
    /// The whole token.
    pub(crate) text: String,
    pub(crate) secret_sha256: Vec<u8>,
}

/// Makes a token of this kind from 256 random bits.
pub(crate) fn mint(kind: TokenKind, id: Uuid, random: [u8; 32]) -> Minted {
    let secret = hex(&random);
    let stem = token::stem(kind, id, &secret);
    let text = format!("{stem}_{:08x}", crc32fast::hash(stem.as_bytes()));
    Minted {
        id,
        text,
        secret_sha256: digest(&secret),
    }
}

/// Takes a token apart; `None` for a wrong form or a wrong checksum.
pub(crate) fn read(text: &str) -> Option<token::TokenParts<'_>> {
    let parts = token::parse(text)?;
    let stem = text.rsplit_once('_')?.0;
    (format!("{:08x}", crc32fast::hash(stem.as_bytes())) == parts.checksum).then_some(parts)
}

/// The digest of a secret. It has 256 bits of its own, so a fast hash is enough.
pub(crate) fn digest(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

/// Whether the secret has this digest, in time that does not depend on where they differ.
pub(crate) fn matches(secret: &str, secret_sha256: &[u8]) -> bool {
    digest(secret).ct_eq(secret_sha256).into()
}

/// Bytes as lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            text.push(char::from_digit(u32::from(byte >> 4), 16).unwrap_or('0'));
            text.push(char::from_digit(u32::from(byte & 15), 16).unwrap_or('0'));
            text
        })
}

/// Bytes that are written as hex.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |digit: &u8| char::from(*digit).to_digit(16);
    let pairs = text.as_bytes().chunks(2);
    pairs
        .map(|pair| match pair {
            [high, low] => u8::try_from(digit(high)? << 4 | digit(low)?).ok(),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_written_as_hex_and_read_again() {
        assert_eq!(unhex(&hex(&[0, 15, 16, 255])), Some(vec![0, 15, 16, 255]));
        assert_eq!(unhex("FF"), Some(vec![255]));
        assert_eq!((unhex("f"), unhex("+f"), unhex("é")), (None, None, None));
    }

    #[test]
    fn a_minted_token_reads_back_and_a_changed_one_does_not() {
        let minted = mint(TokenKind::User, Uuid::now_v7(), [7; 32]);

        let parts = read(&minted.text).unwrap();
        assert_eq!(parts.id, minted.id);
        assert!(matches(parts.secret, &minted.secret_sha256));
        let changed = minted.text.replacen('7', "8", 1);
        assert!(read(&changed).is_none());
    }
}
