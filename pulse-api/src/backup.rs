//! The end of a backup on its way from a server: it tells a whole one from one that broke off.

/// How many bytes come behind the last one of the backup.
pub const END_LENGTH: usize = 100;

const WORD: &str = "pulse-backup";

/// The end of a backup of this length with this SHA-256, in hexadecimal.
pub fn end(length: u64, sha256: &str) -> String {
    format!("\n{WORD} {length:020} {sha256}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_end_has_the_same_length() {
        for length in [0, 7, u64::MAX] {
            assert_eq!(end(length, &"a".repeat(64)).len(), END_LENGTH);
        }
    }
}
