//! Replaces secrets by `***` in what a step writes, before any of it is kept.
//!
//! Every byte that is part of any form of any secret goes, however the output is cut into pieces.
//! What may be the beginning of a secret waits for what comes next, and nothing else does.

mod automaton;
mod forms;

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
};

use bytes::Bytes;
use pulse_api::{SecretText, status::Stream};

use self::automaton::{Automaton, ROOT, State};

/// What stands where a secret was.
const MASK: &[u8] = b"***";

/// What is masked for one job.
#[derive(Debug, Clone)]
pub(crate) struct Masks(Arc<Automaton>);

impl Masks {
    /// What these secrets ask for; nothing where there are none.
    pub(crate) fn of(secrets: &BTreeMap<String, SecretText>) -> Option<Self> {
        if secrets.is_empty() {
            return None;
        }
        let values = secrets.values().map(SecretText::expose);
        let forms: Vec<Vec<u8>> = values.flat_map(forms::of).collect();
        Some(Self(Arc::new(Automaton::new(&forms))))
    }

    /// A text without its secrets.
    pub(crate) fn text(&self, text: &str) -> String {
        let mut mask = Mask::new(self);
        let mut masked = mask.push(text.as_bytes());
        masked.extend(mask.finish());
        String::from_utf8_lossy(&masked).into_owned()
    }
}

/// The masks of the two outputs of a job.
#[derive(Debug)]
pub(crate) struct Masking {
    pub(crate) masks: Masks,
    stdout: Mask,
    stderr: Mask,
}

impl Masking {
    pub(crate) fn new(masks: Masks) -> Self {
        Self {
            stdout: Mask::new(&masks),
            stderr: Mask::new(&masks),
            masks,
        }
    }

    /// What can be passed on of a piece and of what was held back before it.
    pub(crate) fn push(&mut self, stream: Stream, piece: &[u8]) -> Bytes {
        match stream {
            Stream::Stdout => self.stdout.push(piece),
            Stream::Stderr => self.stderr.push(piece),
        }
        .into()
    }

    /// What was held back, once nothing more comes.
    pub(crate) fn finish(&mut self) -> [(Stream, Bytes); 2] {
        [
            (Stream::Stdout, self.stdout.finish().into()),
            (Stream::Stderr, self.stderr.finish().into()),
        ]
    }
}

/// The mask of one stream of bytes.
#[derive(Debug)]
struct Mask {
    automaton: Arc<Automaton>,
    state: State,
    /// What was seen and not passed on.
    held: VecDeque<u8>,
    /// Where what is held begins in the stream.
    start: u64,
    /// The parts of what is held that are secret, in order and apart from each other.
    secret: VecDeque<(u64, u64)>,
    /// Whether what was passed on ends with a mask.
    is_masked: bool,
}

impl Mask {
    fn new(masks: &Masks) -> Self {
        Self {
            automaton: Arc::clone(&masks.0),
            state: ROOT,
            held: VecDeque::new(),
            start: 0,
            secret: VecDeque::new(),
            is_masked: false,
        }
    }

    fn push(&mut self, piece: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(piece.len());
        let mut rest = piece;
        while let Some((byte, after)) = rest.split_first() {
            if self.state == ROOT {
                self.release(self.end(), &mut out);
                let plain = rest
                    .iter()
                    .take_while(|byte| !self.automaton.begins(**byte));
                let (plain, others) = rest.split_at(plain.count());
                if !plain.is_empty() {
                    out.extend_from_slice(plain);
                    self.start += plain.len() as u64;
                    self.is_masked = false;
                    rest = others;
                    continue;
                }
            }
            self.held.push_back(*byte);
            self.state = self.automaton.step(self.state, *byte);
            self.cover(self.automaton.longest(self.state));
            rest = after;
        }
        let undecided = self.automaton.depth(self.state) as u64;
        self.release(self.end() - undecided, &mut out);
        out
    }

    /// What is left. The beginning of a secret that was cut off is as good as the secret.
    fn finish(&mut self) -> Vec<u8> {
        let undecided = self.automaton.depth(self.state);
        if undecided >= forms::SHORTEST {
            self.cover(undecided);
        }
        self.state = ROOT;
        let mut out = Vec::new();
        self.release(self.end(), &mut out);
        out
    }

    fn end(&self) -> u64 {
        self.start + self.held.len() as u64
    }

    /// Notes that so many of the last bytes are secret.
    fn cover(&mut self, length: usize) {
        if length == 0 {
            return;
        }
        let end = self.end();
        // What was passed on of it already was masked.
        let mut from = (end - length as u64).max(self.start);
        while let Some((begun, ended)) = self.secret.back().copied() {
            if ended < from {
                break;
            }
            from = from.min(begun);
            self.secret.pop_back();
        }
        self.secret.push_back((from, end));
    }

    /// Passes on what lies before this place, and what is secret anyway.
    fn release(&mut self, place: u64, out: &mut Vec<u8>) {
        while let Some((from, to)) = self.secret.front().copied() {
            if from > place {
                break;
            }
            self.pass_on(from, out);
            if !self.is_masked {
                out.extend_from_slice(MASK);
                self.is_masked = true;
            }
            let known = usize::try_from(to - self.start).unwrap_or(usize::MAX);
            self.held.drain(..known.min(self.held.len()));
            self.start = to;
            self.secret.pop_front();
        }
        self.pass_on(place, out);
    }

    /// Passes on what lies before this place as it is.
    fn pass_on(&mut self, place: u64, out: &mut Vec<u8>) {
        let count = usize::try_from(place.saturating_sub(self.start)).unwrap_or(0);
        if count > 0 {
            out.extend(self.held.drain(..count));
            self.start = place;
            self.is_masked = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masks(secrets: &[&str]) -> Masks {
        let named = secrets.iter().zip(0..);
        let named = named.map(|(value, number)| (format!("S{number}"), SecretText::new(*value)));
        Masks::of(&named.collect()).unwrap()
    }

    fn in_pieces(masks: &Masks, pieces: &[&[u8]]) -> String {
        let mut mask = Mask::new(masks);
        let mut out: Vec<u8> = pieces.iter().flat_map(|piece| mask.push(piece)).collect();
        out.extend(mask.finish());
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn a_secret_is_masked_and_nothing_around_it() {
        let masks = masks(&["hunter2-hunter2"]);

        assert_eq!(masks.text("<hunter2-hunter2>"), "<***>");
        assert_eq!(masks.text("hunter2-hunter2hunter2-hunter2"), "***");
        assert_eq!(masks.text("hunter2-hunter2 hunter2-hunter2"), "*** ***");
        assert_eq!(masks.text("hunter2-hunter3"), "hunter2-hunter3");
        assert_eq!(masks.text("nothing"), "nothing");
    }

    #[test]
    fn a_secret_that_is_cut_anywhere_is_masked() {
        let masks = masks(&["hunter2-hunter2"]);
        let text = b"a hunter2-hunter2 b";

        for at in 0..=text.len() {
            let (one, other) = text.split_at(at);
            assert_eq!(in_pieces(&masks, &[one, other]), "a *** b", "{at}");
        }
        let bytes: Vec<&[u8]> = text.chunks(1).collect();
        assert_eq!(in_pieces(&masks, &bytes), "a *** b");
    }

    #[test]
    fn only_what_may_be_a_secret_waits() {
        let mut mask = Mask::new(&masks(&["hunter2-hunter2"]));

        assert_eq!(mask.push(b"password: "), b"password: ");
        assert_eq!(mask.push(b"hun"), b"");
        assert_eq!(mask.push(b"dred\n"), b"hundred\n");
        assert_eq!(mask.push(b"hunter2-hunter2"), b"***");
        assert_eq!(mask.push(b"\n"), b"\n");
    }

    #[test]
    fn a_secret_that_the_end_cuts_off_is_masked_from_eight_bytes_on() {
        let masks = masks(&["hunter2-hunter2"]);

        assert_eq!(masks.text("x hunter2"), "x hunter2");
        assert_eq!(masks.text("x hunter2-hunt"), "x ***");
    }

    #[test]
    fn every_line_of_a_secret_is_one() {
        let key = "-----BEGIN KEY-----\nMIIEowIBAAKCAQEA\nshort\n-----END KEY-----";
        let masks = masks(&[key]);

        assert_eq!(masks.text(&format!("{key}\n")), "***\n");
        assert_eq!(
            masks.text("got MIIEowIBAAKCAQEA!\nshort\n"),
            "got ***!\nshort\n"
        );
    }

    /// Everything that is part of any occurrence, the slow way.
    fn naive(forms: &[Vec<u8>], text: &[u8]) -> String {
        let mut is_secret = vec![false; text.len()];
        for form in forms {
            for at in 0..text.len() {
                if text[at..].starts_with(form) {
                    is_secret[at..at + form.len()].fill(true);
                }
            }
        }
        let mut out = Vec::new();
        for (at, byte) in text.iter().enumerate() {
            match (is_secret[at], at > 0 && is_secret[at - 1]) {
                (true, true) => {}
                (true, false) => out.extend_from_slice(MASK),
                (false, _) => out.push(*byte),
            }
        }
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn it_finds_what_looking_everywhere_finds() {
        // Few letters, so that secrets overlap each other and themselves.
        let mut seed: u64 = 7;
        let mut next = |below: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) % below
        };
        for _ in 0..3_000 {
            let forms: Vec<Vec<u8>> = (0..=next(3))
                .map(|_| {
                    let length = 1 + next(6);
                    (0..length)
                        .map(|_| b'a' + u8::try_from(next(2)).unwrap())
                        .collect()
                })
                .collect();
            let text: Vec<u8> = (0..next(40))
                .map(|_| b'a' + u8::try_from(next(3)).unwrap())
                .chain(*b"#")
                .collect();
            let masks = Masks(Arc::new(Automaton::new(&forms)));
            let mut pieces: Vec<&[u8]> = Vec::new();
            let mut rest = text.as_slice();
            while !rest.is_empty() {
                let at = usize::try_from(1 + next(rest.len() as u64)).unwrap();
                let (piece, others) = rest.split_at(at);
                pieces.push(piece);
                rest = others;
            }

            let found = in_pieces(&masks, &pieces);

            let what = String::from_utf8_lossy(&text);
            assert_eq!(found, naive(&forms, &text), "{forms:?} in {what}");
        }
    }

    #[test]
    fn a_text_that_nearly_matches_everywhere_takes_no_longer() {
        let secret = format!("{}b", "a".repeat(16_000));
        let masks = masks(&[&secret]);
        let text = "a".repeat(2_000_000);

        let masked = masks.text(&text);

        // The last bytes are as good as a secret that was cut off; quadratic, this took minutes.
        assert!(masked.ends_with("a***"), "{}", masked.len());
    }
}
