//! Choosing one of some options with the keyboard: which key does what, and what it looks like.
//!
//! Pure: reading keys and drawing happen elsewhere.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::{Device, sanitize};
use crate::follow::Given;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key {
    Up,
    Down,
    First,
    Last,
    Enter,
    Escape,
    Erase,
    Char(char),
}

/// What a key led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Press {
    Stay,
    Chosen(usize),
    Leave,
}

/// A list of options, one of them marked: the first, until a key moves the mark or takes it away.
#[derive(Debug, Clone)]
pub(crate) struct Picker {
    options: Vec<String>,
    marked: Option<usize>,
    /// The number that the last digits make, while it may become a longer one.
    number: usize,
    /// What was wrong with the last key or line.
    complaint: Option<String>,
}

impl Picker {
    pub(crate) fn new(options: &[String]) -> Self {
        Self {
            options: options.to_vec(),
            marked: Some(0),
            number: 0,
            complaint: None,
        }
    }

    pub(crate) fn give(&mut self, given: &Given) -> Press {
        match given {
            Given::Key(key) => self.press(*key),
            Given::Line(line) => self.read(line),
            Given::Resized => Press::Stay,
            Given::Closed => Press::Leave,
        }
    }

    fn press(&mut self, key: Key) -> Press {
        let (number, count) = (std::mem::take(&mut self.number), self.options.len());
        self.complaint = None;
        match key {
            Key::Escape => return Press::Leave,
            _ if count == 0 => {}
            Key::Up => self.marked = Some((self.marked.unwrap_or(0) + count - 1) % count),
            Key::Down => self.marked = Some(self.marked.map_or(0, |at| (at + 1) % count)),
            Key::First => self.marked = Some(0),
            Key::Last => self.marked = Some(count - 1),
            Key::Enter => match self.marked {
                Some(index) => return Press::Chosen(index),
                None => self.complaint = Some("nothing is marked yet".to_owned()),
            },
            Key::Char(c) => {
                return match c.to_digit(10).and_then(|digit| usize::try_from(digit).ok()) {
                    Some(digit) => self.digit(number, digit),
                    None => self.letter(c),
                };
            }
            Key::Erase => self.is_unknown("that key"),
        }
        Press::Stay
    }

    /// Chooses the option with this number, or marks it where more digits may follow.
    fn digit(&mut self, before: usize, digit: usize) -> Press {
        let is_one = |number: &usize| (1..=self.options.len()).contains(number);
        let longer = Some(before * 10 + digit).filter(is_one);
        let Some(number) = longer.or(Some(digit).filter(is_one)) else {
            self.is_unknown(&format!("{digit}"));
            return Press::Stay;
        };
        if number * 10 > self.options.len() {
            return Press::Chosen(number - 1);
        }
        (self.number, self.marked) = (number, Some(number - 1));
        Press::Stay
    }

    /// Chooses the one option that begins with a letter; of several, marks the next.
    fn letter(&mut self, c: char) -> Press {
        let begins = |at: &usize| {
            let first = self.options[*at].chars().next();
            first.is_some_and(|first| same_letter(first, c))
        };
        let count = self.options.len();
        let from = self.marked.map_or(0, |at| at + 1);
        let mut found = (0..count).map(|step| (from + step) % count).filter(begins);
        match (found.next(), found.next(), c) {
            (Some(only), None, _) => return Press::Chosen(only),
            (Some(next), Some(_), _) => self.marked = Some(next),
            (None, _, 'k') => return self.press(Key::Up),
            (None, _, 'j') => return self.press(Key::Down),
            (None, ..) => self.is_unknown(&format!("`{c}`")),
        }
        Press::Stay
    }

    /// Takes the mark away: the next Enter answers nothing that was not chosen.
    fn is_unknown(&mut self, key: &str) {
        self.marked = None;
        self.complaint = Some(format!("no option for {key}"));
    }

    /// Reads a line from a terminal without keys: a number or an option.
    fn read(&mut self, line: &str) -> Press {
        let line = line.trim();
        let number = line
            .parse::<usize>()
            .ok()
            .and_then(|number| number.checked_sub(1));
        let by_number = number.filter(|index| *index < self.options.len());
        let by_name = || {
            self.options
                .iter()
                .position(|option| option.to_lowercase() == line.to_lowercase())
        };
        if let Some(index) = by_number.or_else(by_name) {
            return Press::Chosen(index);
        }
        self.complaint = Some(format!("give a number from 1 to {}", self.options.len()));
        Press::Stay
    }

    /// The list as text; numbered for terminals without keys.
    pub(crate) fn draw(&self, title: &str, device: Device) -> String {
        let mark = AnsiColor::Cyan.on_default().bold();
        let warn = AnsiColor::Yellow.on_default();
        let dim = Style::new().dimmed();
        let mut text = sanitize::lines(title);
        for (index, option) in self.options.iter().enumerate() {
            let option = sanitize::cell(option);
            let number = index + 1;
            let _ = match (device, self.marked == Some(index)) {
                (Device::Dumb, _) => write!(text, "\n  {number}) {option}"),
                (Device::Screen, true) => write!(text, "\n{mark}❯ {number} {option}{mark:#}"),
                (Device::Screen, false) => write!(text, "\n  {number} {option}"),
            };
        }
        if device == Device::Dumb {
            let complaint = self.complaint.as_deref().unwrap_or("number, then Enter");
            let _ = write!(text, "\n({complaint})");
            return text;
        }
        if let Some(complaint) = &self.complaint {
            let _ = write!(text, "\n{warn}{}{warn:#}", sanitize::cell(complaint));
        }
        let numbers = match self.options.len() {
            0 | 1 => "1".to_owned(),
            count => format!("1-{count}"),
        };
        let _ = write!(
            text,
            "\n{dim}{numbers} or a first letter chooses at once; ↑/↓ move, Enter chooses; Esc leaves{dim:#}"
        );
        text
    }
}

fn same_letter(one: char, other: char) -> bool {
    one.to_lowercase().eq(other.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picker() -> Picker {
        Picker::new(&["Yes".to_owned(), "No".to_owned(), "Not now".to_owned()])
    }

    fn after(keys: &[Key]) -> Press {
        let mut picker = picker();
        let mut last = Press::Stay;
        for key in keys {
            last = picker.press(*key);
        }
        last
    }

    #[test]
    fn arrows_go_round() {
        assert_eq!(after(&[Key::Up, Key::Enter]), Press::Chosen(2));
        assert_eq!(after(&[Key::Enter]), Press::Chosen(0));
        assert_eq!(after(&[Key::Down, Key::Enter]), Press::Chosen(1));
        assert_eq!(
            after(&[Key::Down, Key::Down, Key::Down, Key::Enter]),
            Press::Chosen(0)
        );
        assert_eq!(after(&[Key::Char('j'), Key::Enter]), Press::Chosen(1));
        assert_eq!(after(&[Key::Char('k'), Key::Enter]), Press::Chosen(2));
        assert_eq!(
            after(&[Key::Last, Key::First, Key::Enter]),
            Press::Chosen(0)
        );
    }

    #[test]
    fn where_the_mark_was_taken_away_the_arrows_bring_it_back() {
        let unmarked = |key| after(&[Key::Char('9'), key, Key::Enter]);
        assert_eq!(unmarked(Key::Enter), Press::Stay);
        assert_eq!(unmarked(Key::Down), Press::Chosen(0));
        assert_eq!(unmarked(Key::Up), Press::Chosen(2));
    }

    #[test]
    fn a_digit_or_the_first_letter_of_one_option_chooses_it_at_once() {
        assert_eq!(after(&[Key::Char('2')]), Press::Chosen(1));
        assert_eq!(after(&[Key::Char('y')]), Press::Chosen(0));
    }

    #[test]
    fn a_first_letter_of_several_options_marks_the_next_of_them() {
        assert_eq!(after(&[Key::Char('n')]), Press::Stay);
        assert_eq!(after(&[Key::Char('n'), Key::Enter]), Press::Chosen(1));
        assert_eq!(
            after(&[Key::Char('n'), Key::Char('N'), Key::Enter]),
            Press::Chosen(2)
        );
    }

    #[test]
    fn a_key_that_means_nothing_takes_the_mark_away_and_is_told() {
        for key in [Key::Char('9'), Key::Char('0'), Key::Char('x'), Key::Erase] {
            assert_eq!(after(&[Key::Down, key, Key::Enter]), Press::Stay, "{key:?}");
        }
        let mut picker = picker();
        picker.press(Key::Char('9'));

        assert!(
            picker
                .draw("Go on?", Device::Screen)
                .contains("no option for 9")
        );
    }

    #[test]
    fn of_ten_options_a_digit_that_may_go_on_only_marks() {
        let names: Vec<String> = (1..=12).map(|number| format!("v{number}")).collect();
        let after = |keys: &str| {
            let mut picker = Picker::new(&names);
            keys.chars().map(|c| picker.press(Key::Char(c))).last()
        };

        assert_eq!(after("1"), Some(Press::Stay));
        assert_eq!(after("12"), Some(Press::Chosen(11)));
        assert_eq!(after("2"), Some(Press::Chosen(1)));
        assert_eq!(after("15"), Some(Press::Chosen(4)));
    }

    #[test]
    fn an_option_that_begins_with_j_is_reached_by_it() {
        let mut picker = Picker::new(&["Abort".to_owned(), "Keep".to_owned(), "Join".to_owned()]);

        assert_eq!(picker.press(Key::Char('j')), Press::Chosen(2));
    }

    #[test]
    fn escape_leaves() {
        assert_eq!(after(&[Key::Escape]), Press::Leave);
    }

    #[test]
    fn without_keys_a_number_or_a_name_chooses() {
        assert_eq!(picker().give(&Given::Line("3".into())), Press::Chosen(2));
        assert_eq!(picker().give(&Given::Line("no".into())), Press::Chosen(1));
        assert_eq!(picker().give(&Given::Line("7".into())), Press::Stay);
        assert_eq!(picker().give(&Given::Closed), Press::Leave);
    }

    #[test]
    fn the_list_marks_one_option() {
        let text = picker().draw("Go on?", Device::Screen);
        let text = anstream::adapter::strip_str(&text).to_string();

        assert_eq!(
            text,
            "Go on?\n❯ 1 Yes\n  2 No\n  3 Not now\n\
             1-3 or a first letter chooses at once; ↑/↓ move, Enter chooses; Esc leaves"
        );
    }

    #[test]
    fn without_keys_the_list_is_numbered() {
        let text = picker().draw("Go\u{1b}[2J on?", Device::Dumb);

        assert_eq!(
            text,
            "Go on?\n  1) Yes\n  2) No\n  3) Not now\n(number, then Enter)"
        );
    }
}
