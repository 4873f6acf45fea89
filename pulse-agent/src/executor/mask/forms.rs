//! The forms in which a secret is written: as it is, and as the usual encoders leave it.

use std::{collections::BTreeSet, fmt::Write as _};

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE},
};

/// What is shorter is not masked: it would be found everywhere.
pub(super) const SHORTEST: usize = 8;

/// How long the lines are that encoders break base64 into.
const LINES: [usize; 2] = [76, 64];

/// Every form of a value that is masked.
pub(super) fn of(value: &str) -> BTreeSet<Vec<u8>> {
    let mut parts = BTreeSet::from([value, value.trim()]);
    parts.extend(value.lines());
    parts.extend(value.lines().map(str::trim));
    let mut forms = BTreeSet::new();
    for part in parts.into_iter().filter(|part| part.len() >= SHORTEST) {
        forms.insert(part.as_bytes().to_vec());
        forms.extend(in_base64(part.as_bytes()));
        let texts = in_urls(part)
            .into_iter()
            .chain(in_json(part))
            .chain(in_shells(part));
        forms.extend(texts.map(String::into_bytes));
    }
    forms.retain(|form| form.len() >= SHORTEST);
    forms
}

/// What base64 of any text has in it that the value is in: all that its bits alone decide, wherever
/// they begin among the three bytes that become four characters.
fn in_base64(value: &[u8]) -> Vec<Vec<u8>> {
    let mut forms = Vec::new();
    for engine in [&STANDARD, &URL_SAFE] {
        for before in 0..3 {
            let padded = [&vec![0; before], value].concat();
            let encoded = engine.encode(&padded).into_bytes();
            let (from, to) = ((before * 8).div_ceil(6), padded.len() * 8 / 6);
            let decided = &encoded[from..to];
            forms.push(decided.to_vec());
            if before == 0 {
                let broken = LINES.iter().filter(|width| decided.len() > **width);
                forms.extend(broken.flat_map(|width| decided.chunks(*width).map(<[u8]>::to_vec)));
            }
        }
    }
    forms
}

/// Percent-encoded, by what encoders leave as it is.
fn in_urls(value: &str) -> Vec<String> {
    let encode = |kept: &str, is_upper: bool| {
        let mut text = String::new();
        for byte in value.bytes() {
            let is_kept = byte.is_ascii_alphanumeric() || kept.as_bytes().contains(&byte);
            match (is_kept, is_upper) {
                (true, _) => text.push(char::from(byte)),
                (false, is_upper) => {
                    let digits = if is_upper {
                        b"0123456789ABCDEF"
                    } else {
                        b"0123456789abcdef"
                    };
                    let digit = |half: u8| char::from(digits[usize::from(half)]);
                    text.extend(['%', digit(byte >> 4), digit(byte & 15)]);
                }
            }
        }
        text
    };
    // RFC 3986; Python's quote; encodeURIComponent; encodeURI.
    let kept = ["-_.~", "-_.~/", "-_.!~*'()", "-_.!~*'();/?:@&=+$,#"];
    let mut forms: Vec<String> = kept
        .iter()
        .flat_map(|kept| [encode(kept, true), encode(kept, false)])
        .collect();
    // In forms.
    forms.push(encode("-_.* ", true).replace(' ', "+"));
    forms
}

/// Inside a text of JSON.
fn in_json(value: &str) -> Vec<String> {
    let quoted = serde_json::Value::from(value).to_string();
    let plain = quoted[1..quoted.len() - 1].to_owned();
    let mut ascii = String::new();
    for c in plain.chars() {
        if c.is_ascii() {
            ascii.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            let _ = write!(ascii, "\\u{unit:04x}");
        }
    }
    let slashes = plain.replace('/', "\\/");
    // As Go writes it, so that it can stand in a page.
    let in_pages = |text: &str| {
        let text = text.replace('&', r"\u0026").replace('<', r"\u003c");
        let text = text.replace('>', r"\u003e");
        text.replace('\u{2028}', r"\u2028")
            .replace('\u{2029}', r"\u2029")
    };
    let for_pages = [in_pages(&plain), in_pages(&ascii)];
    [plain, ascii, slashes]
        .into_iter()
        .chain(for_pages)
        .collect()
}

/// Quoted for a shell: in single quotes, in double quotes, and with a backslash before each
/// character that means something.
fn in_shells(value: &str) -> Vec<String> {
    let escape = |special: &str| {
        let mut text = String::new();
        for c in value.chars() {
            if special.contains(c) {
                text.push('\\');
            }
            text.push(c);
        }
        text
    };
    vec![
        value.replace('\'', r"'\''"),
        value.replace('\'', r#"'"'"'"#),
        escape("\\\"$`"),
        escape(" \t'\"\\|&;()<>!{}*[]?^$`,"),
        escape(" \t'\"\\|&;()<>!{}*[]?^$`,#~="),
        // As `$'…'`.
        value
            .replace('\\', r"\\")
            .replace('\'', r"\'")
            .replace('\n', r"\n")
            .replace('\t', r"\t")
            .replace('\r', r"\r"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(value: &str, form: &str) {
        let forms = of(value);
        assert!(forms.contains(form.as_bytes()), "{value}: {form}");
    }

    #[test]
    fn a_value_has_the_forms_that_encoders_give_it() {
        has("hunter2 & co", "hunter2 & co");
        has("hunter2 & co", "hunter2%20%26%20co");
        has("hunter2 & co", "hunter2+%26+co");
        has("pass/word?1", "pass/word%3F1");
        has("pass/word?1", "pass%2fword%3f1");
        has("it's \"fine\"", r#"it's \"fine\""#);
        has("it's a secret", r"it'\''s a secret");
        has("it's a secret", r"it\'s\ a\ secret");
        has("pässwörter", r"p\u00e4ssw\u00f6rter");
        has("a&b<c>defgh", r"a\u0026b\u003cc\u003edefgh");
        has("ä&b<c>defgh", r"\u00e4\u0026b\u003cc\u003edefgh");
        has("two\nlines of it", r"two\nlines of it");
        has("-- first\nsecond line\nx", "second line");
    }

    #[test]
    fn base64_is_known_wherever_the_value_begins() {
        for before in ["", "a", "ab", "abc", "user:"] {
            for after in ["", "x", "xy", "\n"] {
                let encoded = STANDARD.encode(format!("{before}hunter2-hunter2{after}"));
                let found = of("hunter2-hunter2")
                    .iter()
                    .any(|form| encoded.contains(std::str::from_utf8(form).unwrap()));
                assert!(found, "{before} {after}: {encoded}");
            }
        }
    }

    #[test]
    fn nothing_short_is_masked() {
        assert!(of("short").is_empty());
        assert!(
            of("abc\ndef\nghi")
                .iter()
                .all(|form| form.len() >= SHORTEST)
        );
    }
}
