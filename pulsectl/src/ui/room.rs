//! Making a table fit the terminal: its longest texts are cut, and columns that still have no room left out.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use super::Cell;

/// What is between two columns.
const GAP: usize = 3;

/// To how little a text is cut before a column is left out.
const LEAST: usize = 12;

/// Cuts what is too long for so many columns of a terminal; gives the titles of what is left out.
///
/// The first column is what a line is about: it is never cut.
pub(super) fn fit<'a>(
    titles: &mut Vec<&'a str>,
    rows: &mut [Vec<Cell>],
    (room, wide): (usize, &[bool]),
) -> Vec<&'a str> {
    let mut wide = wide.to_vec();
    let mut left_out = Vec::new();
    loop {
        let natural = widths(titles, rows);
        if let Some(shares) = shares(&natural, room) {
            for row in rows.iter_mut() {
                for (cell, share) in row.iter_mut().zip(&shares) {
                    cell.text = cut(&cell.text, *share);
                }
            }
            left_out.reverse();
            return left_out;
        }
        // What only `-o wide` shows goes first, the last of it before the others.
        let last = wide
            .iter()
            .rposition(|wide| *wide)
            .unwrap_or(titles.len() - 1);
        if last == 0 {
            return left_out;
        }
        left_out.push(titles.remove(last));
        wide.remove(last);
        for row in rows.iter_mut() {
            row.remove(last);
        }
    }
}

fn widths(titles: &[&str], rows: &[Vec<Cell>]) -> Vec<usize> {
    let of = |at: usize, title: &str| {
        let cells = rows.iter().map(|row| row[at].text.width());
        cells.chain([title.width()]).max().unwrap_or(0)
    };
    let titles = titles.iter().enumerate();
    titles.map(|(at, title)| of(at, title)).collect()
}

/// How wide each column may be; nothing where there is too little room for all of them.
fn shares(natural: &[usize], room: usize) -> Option<Vec<usize>> {
    let room = room.checked_sub(GAP * natural.len().saturating_sub(1))?;
    let mut shares = natural.to_vec();
    loop {
        let over = shares.iter().sum::<usize>().saturating_sub(room);
        if over == 0 {
            return Some(shares);
        }
        let others = shares.iter().enumerate().skip(1);
        let (at, longest) = others.max_by_key(|(_, width)| **width)?;
        if *longest <= LEAST {
            return None;
        }
        let second = shares
            .iter()
            .enumerate()
            .skip(1)
            .filter(|(other, _)| *other != at);
        let second = second.map(|(_, width)| *width).max().unwrap_or(0);
        let least = second.clamp(LEAST, *longest - 1);
        shares[at] = longest.saturating_sub(over).max(least);
    }
}

/// The beginning of a text, with a mark where the rest was.
fn cut(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_owned();
    }
    let mut left = room.saturating_sub(1);
    let fits = |c: &char| {
        let width = c.width().unwrap_or(0);
        let has_room = width <= left;
        left = left.saturating_sub(width);
        has_room
    };
    let begin: String = text.chars().take_while(fits).collect();
    format!("{}…", begin.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fitted(room: usize, wide: &[bool]) -> (Vec<&'static str>, Vec<String>, Vec<&'static str>) {
        let mut titles = vec!["name", "by", "description"];
        let cells = [
            "nightly-update",
            "maria",
            "brings every host of the fleet up to date",
        ];
        let mut rows = vec![cells.map(Cell::new).to_vec()];
        let left_out = fit(&mut titles, &mut rows, (room, wide));
        let texts = rows[0].iter().map(|cell| cell.text.clone()).collect();
        (titles, texts, left_out)
    }

    #[test]
    fn what_has_room_is_left_alone() {
        let (_, texts, left_out) = fitted(100, &[false; 3]);

        assert_eq!(texts[2], "brings every host of the fleet up to date");
        assert!(left_out.is_empty());
    }

    #[test]
    fn the_longest_text_is_cut_to_the_room_there_is() {
        let (titles, texts, left_out) = fitted(50, &[false; 3]);

        assert_eq!(
            texts,
            ["nightly-update", "maria", "brings every host of the…"]
        );
        let line = texts.join("   ");
        assert!(line.width() <= 50, "{line}");
        assert_eq!((titles.len(), left_out.len()), (3, 0));
    }

    #[test]
    fn a_column_without_any_room_is_left_out_and_named() {
        let (titles, _, left_out) = fitted(30, &[false; 3]);
        assert_eq!(
            (titles, left_out),
            (vec!["name", "by"], vec!["description"])
        );

        let (titles, _, left_out) = fitted(36, &[false, true, false]);
        assert_eq!(
            (titles, left_out),
            (vec!["name", "description"], vec!["by"])
        );
    }

    #[test]
    fn the_name_stays_whole_in_whatever_room() {
        let (_, texts, _) = fitted(5, &[false; 3]);

        assert_eq!(texts, ["nightly-update"]);
    }

    #[test]
    fn a_letter_of_two_columns_is_not_halved() {
        assert_eq!(cut("日本語の説明", 6), "日本…");
    }
}
