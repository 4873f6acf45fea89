//! Text from elsewhere, made safe for a terminal.
//!
//! A step's output, a name or a message must not move the cursor, change the title or answer in
//! place of the person.

/// Makes one line of output safe: control sequences go, other control bytes become visible.
pub(crate) fn line(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    clean(text, &mut safe, Colours::Taken);
    safe
}

/// Makes lines safe that may be coloured: colours stay, and end with their line.
///
/// It is the last thing that happens to text on its way to a terminal, whatever happened before.
pub(super) fn coloured(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for (index, part) in text.split('\n').enumerate() {
        if index > 0 {
            safe.push('\n');
        }
        let begin = safe.len();
        clean(part.trim_end_matches('\r'), &mut safe, Colours::Kept);
        let last = safe[begin..].rfind(SGR).map(|at| &safe[begin + at..]);
        if last.is_some_and(|code| !code.starts_with(RESET)) {
            safe.push_str(RESET);
        }
    }
    safe
}

const SGR: &str = "\u{1b}[";

const RESET: &str = "\u{1b}[0m";

/// What becomes of a choice of colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Colours {
    Kept,
    Taken,
}

fn clean(text: &str, safe: &mut String, colours: Colours) {
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\u{1b}' => {
                if let Some(colour) = escape(&mut rest).filter(|_| colours == Colours::Kept) {
                    safe.push_str(&colour);
                }
            }
            // The one-character forms of CSI, OSC, DCS and friends.
            '\u{9b}' => skip_csi(&mut rest),
            '\u{9d}' | '\u{90}' | '\u{98}' | '\u{9e}' | '\u{9f}' => skip_string(&mut rest),
            '\t' => safe.push('\t'),
            // What is taken back may not be the end of a colour.
            '\u{8}' if colours == Colours::Taken => {
                safe.pop();
            }
            c if is_bidi(c) => safe.push('\u{fffd}'),
            c if c.is_control() => safe.push_str(&visible(c)),
            c => safe.push(c),
        }
    }
}

/// Makes text of several lines safe, keeping the lines.
pub(crate) fn lines(text: &str) -> String {
    let safe: Vec<String> = text
        .split('\n')
        .map(|part| line(part.trim_end_matches('\r')))
        .collect();
    safe.join("\n")
}

/// Writes what could steer a terminal as escapes of JSON, which only ever stand in strings there.
///
/// JSON itself escapes only the control characters below the blank.
pub(crate) fn json(text: &str) -> String {
    use std::fmt::Write as _;

    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\u{7f}'..='\u{9f}') || is_bidi(c) {
            // Writing to a String cannot fail.
            let _ = write!(safe, "\\u{:04x}", u32::from(c));
        } else {
            safe.push(c);
        }
    }
    safe
}

/// Makes text fit for a cell of a table: safe, and on one line.
pub(crate) fn cell(text: &str) -> String {
    line(&text.replace(['\n', '\r', '\t'], " "))
}

/// What a line looks like in the end when `\r` overwrote it again and again.
pub(crate) fn collapse(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    match line.iter().rposition(|byte| *byte == b'\r') {
        Some(at) => &line[at + 1..],
        None => line,
    }
}

type Chars<'a> = std::iter::Peekable<std::str::Chars<'a>>;

/// Skips a sequence; gives it where it does nothing but choose a colour.
fn escape(rest: &mut Chars<'_>) -> Option<String> {
    match rest.next() {
        Some('[') => return colour(rest),
        Some(']' | 'P' | 'X' | '^' | '_') => skip_string(rest),
        // Two-byte sequences with an intermediate, such as a choice of character set.
        Some(' '..='/') => {
            rest.next();
        }
        Some(_) | None => {}
    }
    None
}

/// Reads a sequence to its end; gives it where it chooses a colour that text is readable in.
fn colour(rest: &mut Chars<'_>) -> Option<String> {
    let mut code = String::from(SGR);
    for c in rest.by_ref() {
        code.push(c);
        if ('@'..='~').contains(&c) {
            let numbers = code.strip_prefix(SGR)?.strip_suffix('m')?;
            return is_readable(numbers).then_some(code);
        }
    }
    None
}

/// Whether numbers choose only the weight of text and its own colour: nothing that hides it.
fn is_readable(numbers: &str) -> bool {
    if let Some(colour) = numbers.strip_prefix("38;5;") {
        return colour.parse::<u8>().is_ok();
    }
    let known = |number: &str| matches!(number.parse(), Ok(0..=2 | 22 | 30..=37 | 39 | 90..=97u8));
    numbers.is_empty() || numbers.split(';').all(known)
}

/// Skips parameters up to the letter that ends the sequence.
fn skip_csi(rest: &mut Chars<'_>) {
    for c in rest.by_ref() {
        if ('@'..='~').contains(&c) {
            return;
        }
    }
}

/// Skips up to BEL or the string terminator.
fn skip_string(rest: &mut Chars<'_>) {
    while let Some(c) = rest.next() {
        match c {
            '\u{7}' | '\u{9c}' => return,
            '\u{1b}' if rest.peek() == Some(&'\\') => {
                rest.next();
                return;
            }
            _ => {}
        }
    }
}

fn is_bidi(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn visible(c: char) -> String {
    match u32::from(c) {
        code @ 0..32 => char::from_u32(0x2400 + code)
            .map(String::from)
            .unwrap_or_default(),
        127 => "\u{2421}".to_owned(),
        code => format!("\\x{code:02x}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_titles_and_cursor_moves_are_taken_out() {
        assert_eq!(line("\u{1b}[31mred\u{1b}[0m"), "red");
        assert_eq!(line("\u{1b}]0;owned\u{7}text"), "text");
        assert_eq!(line("\u{1b}]52;c;ZXZpbA==\u{1b}\\text"), "text");
        assert_eq!(line("\u{1b}P+q\u{1b}\\text\u{1b}[2J\u{1b}[H"), "text");
        assert_eq!(line("a\u{1b}(Bb\u{1b}7c"), "abc");
        assert_eq!(line("\u{9b}2Jtext\u{9d}0;x\u{9c}!"), "text!");
    }

    #[test]
    fn an_unfinished_sequence_swallows_only_itself() {
        assert_eq!(line("text\u{1b}["), "text");
        assert_eq!(line("text\u{1b}"), "text");
    }

    #[test]
    fn other_control_bytes_become_visible() {
        assert_eq!(line("a\u{0}b\u{7}c\u{7f}"), "a\u{2400}b\u{2407}c\u{2421}");
        assert_eq!(line("ab\u{8}c"), "ac");
        assert_eq!(line("x\u{202e}y"), "x\u{fffd}y");
    }

    #[test]
    fn plain_text_stays() {
        assert_eq!(line("Größe:\t12 │ ok ✓"), "Größe:\t12 │ ok ✓");
        assert_eq!(cell("two\nlines"), "two lines");
        assert_eq!(lines("two\r\nlines\u{1b}[1m"), "two\nlines");
    }

    #[test]
    fn colours_may_stay_and_end_with_their_line() {
        assert_eq!(
            coloured("\u{1b}[31mred\u{1b}[0m \u{1b}[38;5;10mgreen\nplain"),
            "\u{1b}[31mred\u{1b}[0m \u{1b}[38;5;10mgreen\u{1b}[0m\nplain"
        );
        assert_eq!(coloured("\u{1b}[8mhidden\u{1b}[41;37mbar"), "hiddenbar");
        assert_eq!(
            coloured("a\u{1b}[2Jb\u{1b}]0;x\u{7}\u{9b}Hc\rd"),
            "abc\u{240d}d"
        );
        assert_eq!(
            coloured("\u{1b}[31m\u{8}A\u{1b}[1;31"),
            "\u{1b}[31m\u{2408}A\u{1b}[0m"
        );
    }

    #[test]
    fn json_keeps_its_meaning_without_what_steers() {
        let value = serde_json::json!({"a\u{9b}": "x\u{202e}y\u{7f}\u{1b}[2J", "b": "ü"});

        let safe = json(&value.to_string());

        assert!(
            !safe.contains(['\u{9b}', '\u{202e}', '\u{7f}', '\u{1b}']),
            "{safe}"
        );
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&safe).unwrap(),
            value
        );
    }

    #[test]
    fn progress_shows_its_last_state() {
        assert_eq!(collapse(b"10%\r50%\r100%"), b"100%");
        assert_eq!(collapse(b"done\r"), b"done");
        assert_eq!(collapse(b"plain"), b"plain");
    }
}
