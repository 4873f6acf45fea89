//! Bytes that look random and that everybody can compute.

use std::io::{self, Write};

/// The noise from its beginning, without an end.
#[derive(Debug, Clone)]
pub struct Noise {
    state: u64,
}

impl Default for Noise {
    fn default() -> Self {
        Self {
            state: 0x9E37_79B9_7F4A_7C15,
        }
    }
}

impl Noise {
    /// Fills a buffer whose length is a multiple of eight.
    pub fn fill(&mut self, buffer: &mut [u8]) {
        let (words, rest) = buffer.as_chunks_mut::<8>();
        assert!(rest.is_empty(), "noise comes in words");
        for word in words {
            self.state ^= self.state << 13;
            self.state ^= self.state >> 7;
            self.state ^= self.state << 17;
            *word = self.state.to_le_bytes();
        }
    }

    /// Writes so many bytes, a multiple of 64 KiB.
    pub fn write(&mut self, mut to: impl Write, bytes: u64) -> io::Result<()> {
        let mut buffer = vec![0; 64 * 1024];
        let length = buffer.len() as u64;
        assert_eq!(bytes % length, 0, "noise comes in pieces of 64 KiB");
        for _ in 0..bytes / length {
            self.fill(&mut buffer);
            to.write_all(&buffer)?;
        }
        to.flush()
    }
}
