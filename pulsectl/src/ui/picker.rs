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

/// A list of options, one of them marked.
#[derive(Debug, Clone)]
pub(crate) struct Picker {
    options: Vec<String>,
    marked: usize,
    /// What was wrong with the last line, for terminals without keys.
    complaint: Option<String>,
}

impl Picker {
    pub(crate) fn new(options: &[String]) -> Self {
        Self {
            options: options.to_vec(),
            marked: 0,
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

    /// A digit or a first letter only marks; it takes Enter to choose.
    fn press(&mut self, key: Key) -> Press {
        let count = self.options.len();
        if count == 0 {
            return if key == Key::Escape {
                Press::Leave
            } else {
                Press::Stay
            };
        }
        match key {
            Key::Up => self.marked = (self.marked + count - 1) % count,
            Key::Down => self.marked = (self.marked + 1) % count,
            Key::First => self.marked = 0,
            Key::Last => self.marked = count - 1,
            Key::Enter => return Press::Chosen(self.marked),
            Key::Escape => return Press::Leave,
            Key::Char(c) => return self.character(c),
            Key::Erase => {}
        }
        Press::Stay
    }

    fn character(&mut self, c: char) -> Press {
        let digit = c.to_digit(10).and_then(|digit| usize::try_from(digit).ok());
        if let Some(index) = digit
            .and_then(|digit| digit.checked_sub(1))
            .filter(|index| *index < self.options.len())
        {
            self.marked = index;
            return Press::Stay;
        }
        let begins = |option: &String| {
            option
                .chars()
                .next()
                .is_some_and(|first| same_letter(first, c))
        };
        let count = self.options.len();
        let next = (1..=count)
            .map(|step| (self.marked + step) % count)
            .find(|at| begins(&self.options[*at]));
        match (next, c) {
            (Some(index), _) => self.marked = index,
            (None, 'k') => return self.press(Key::Up),
            (None, 'j') => return self.press(Key::Down),
            (None, _) => {}
        }
        Press::Stay
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
        let dim = Style::new().dimmed();
        let mut text = sanitize::lines(title);
        for (index, option) in self.options.iter().enumerate() {
            let option = sanitize::cell(option);
            let number = index + 1;
            let _ = match (device, index == self.marked) {
                (Device::Dumb, _) => write!(text, "\n  {number}) {option}"),
                (Device::Screen, true) => write!(text, "\n{mark}❯ {number} {option}{mark:#}"),
                (Device::Screen, false) => write!(text, "\n  {number} {option}"),
            };
        }
        if device == Device::Dumb {
            let complaint = self.complaint.as_deref().unwrap_or("number, then Enter");
            let _ = write!(text, "\n({complaint})");
        } else {
            let _ = write!(
                text,
                "\n{dim}↑/↓ to move, Enter to choose, Esc to leave{dim:#}"
            );
        }
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
    fn a_digit_or_first_letter_marks_and_enter_chooses() {
        assert_eq!(after(&[Key::Char('2')]), Press::Stay);
        assert_eq!(after(&[Key::Char('2'), Key::Enter]), Press::Chosen(1));
        assert_eq!(after(&[Key::Char('n'), Key::Enter]), Press::Chosen(1));
        assert_eq!(
            after(&[Key::Char('n'), Key::Char('N'), Key::Enter]),
            Press::Chosen(2)
        );
        assert_eq!(after(&[Key::Char('9'), Key::Enter]), Press::Chosen(0));
    }

    #[test]
    fn an_option_that_begins_with_j_is_reached_by_it() {
        let mut picker = Picker::new(&["Abort".to_owned(), "Keep".to_owned(), "Join".to_owned()]);

        picker.press(Key::Char('j'));

        assert_eq!(picker.press(Key::Enter), Press::Chosen(2));
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
        let text =
            anstream::adapter::strip_str(&picker().draw("Go on?", Device::Screen)).to_string();

        assert_eq!(
            text,
            "Go on?\n❯ 1 Yes\n  2 No\n  3 Not now\n↑/↓ to move, Enter to choose, Esc to leave"
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
