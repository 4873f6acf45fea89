//! Tables for people, and the same rows as CSV.

use comfy_table::{Color, ContentArrangement, Table, presets};
use serde_json::Value;

use super::{Cell, Column, Paint, Row, Tone, Ui, room};
use crate::{error::Failure, names};

/// How many columns are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Width {
    Usual,
    All,
}

/// Draws rows under upper-case titles, columns three blanks apart.
pub(crate) fn render(titles: &[&str], rows: Vec<Vec<Cell>>, paint: Paint) -> String {
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Disabled);
    if paint == Paint::Colored {
        table.enforce_styling();
    } else {
        table.force_no_tty();
    }
    if !titles.is_empty() {
        table.set_header(titles.iter().map(|title| title.to_uppercase()));
    }
    for row in rows {
        table.add_row(row.into_iter().map(styled));
    }
    let last = table.column_count().saturating_sub(1);
    for (index, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, if index == last { 0 } else { 3 }));
    }
    let lines: Vec<String> = table.lines().map(|line| trimmed(&line)).collect();
    lines.join("\n")
}

/// A line without the blanks at its end, also where they stand in front of the end of a colour: a
/// terminal would break the line for them.
fn trimmed(line: &str) -> String {
    let (mut text, mut codes) = (line.trim_end(), Vec::new());
    while let Some(at) = text.rfind('\u{1b}').filter(|_| text.ends_with('m')) {
        let is_code = text[at + 1..text.len() - 1]
            .chars()
            .all(|c| matches!(c, '[' | ';' | '0'..='9'));
        if !is_code {
            break;
        }
        codes.push(&text[at..]);
        text = text[..at].trim_end();
    }
    codes.reverse();
    format!("{text}{}", codes.concat())
}

fn styled(cell: Cell) -> comfy_table::Cell {
    let drawn = comfy_table::Cell::new(cell.text);
    match cell.tone {
        Tone::Plain => drawn,
        Tone::Good => drawn.fg(Color::Green),
        Tone::Busy => drawn.fg(Color::Cyan),
        Tone::Warn => drawn.fg(Color::Yellow),
        Tone::Bad => drawn.fg(Color::Red),
        Tone::Dim => drawn.fg(Color::DarkGrey),
    }
}

/// Draws a list as a table.
pub(super) fn rows<T: Row>(ui: &Ui, items: &[T], width: Width) -> Result<String, Failure> {
    let columns = chosen::<T>(&ui.columns, width)?;
    let mut titles: Vec<&str> = columns.iter().map(|column| column.title).collect();
    let mut rows: Vec<Vec<Cell>> = items
        .iter()
        .map(|item| {
            columns
                .iter()
                .map(|column| (column.cell)(item, &ui.times))
                .collect()
        })
        .collect();
    if let Some(room) = ui.room.filter(|_| !rows.is_empty()) {
        let wide: Vec<bool> = columns.iter().map(|column| column.wide).collect();
        let left_out = room::fit(&mut titles, &mut rows, (room, &wide));
        if !left_out.is_empty() {
            ui.say(format!(
                "no room for {}; --columns chooses",
                left_out.join(", ")
            ));
        }
    }
    Ok(render(
        if ui.headers { &titles } else { &[] },
        rows,
        ui.paint,
    ))
}

/// Writes a list as CSV, every column of it.
pub(super) fn csv<T: Row>(ui: &Ui, items: &[T]) -> Result<String, Failure> {
    let columns = chosen::<T>(&ui.columns, Width::All)?;
    let mut text = String::new();
    if ui.headers {
        let titles: Vec<String> = columns
            .iter()
            .map(|column| column_name(column.title))
            .collect();
        text.push_str(&titles.join(","));
        text.push('\n');
    }
    let times = ui.times.exact();
    for item in items {
        let fields: Vec<String> = columns
            .iter()
            .map(|column| (column.cell)(item, &times))
            .map(|cell| csv_field(cell.value()))
            .collect();
        text.push_str(&fields.join(","));
        text.push('\n');
    }
    Ok(text)
}

/// Writes the plain fields of an object as CSV.
pub(super) fn csv_of(ui: &Ui, item: &impl serde::Serialize) -> String {
    let Ok(Value::Object(fields)) = serde_json::to_value(item) else {
        return String::new();
    };
    let plain = fields.iter().filter_map(|(key, value)| match value {
        Value::String(text) => Some((key.clone(), csv_field(text))),
        Value::Bool(_) | Value::Number(_) => Some((key.clone(), value.to_string())),
        Value::Null => Some((key.clone(), String::new())),
        Value::Array(_) | Value::Object(_) => None,
    });
    let (titles, values): (Vec<String>, Vec<String>) = plain.unzip();
    let titles = if ui.headers {
        format!("{}\n", titles.join(","))
    } else {
        String::new()
    };
    format!("{titles}{}\n", values.join(","))
}

/// The columns to show, in the order of `--columns` where it is given.
fn chosen<T: Row>(names: &[String], width: Width) -> Result<Vec<Column<T>>, Failure> {
    if names.is_empty() {
        return Ok(T::columns()
            .into_iter()
            .filter(|column| width == Width::All || !column.wide)
            .collect());
    }
    names
        .iter()
        .map(|name| {
            let wanted = column_name(name.trim());
            let found = T::columns()
                .into_iter()
                .find(|column| column_name(column.title) == wanted);
            found.ok_or_else(|| unknown_column::<T>(name))
        })
        .collect()
}

fn unknown_column<T: Row>(name: &str) -> Failure {
    let known: Vec<String> = T::columns()
        .iter()
        .map(|column| column_name(column.title))
        .collect();
    let failure = Failure::usage(format!("a {} has no column `{name}`", T::KIND));
    let near = names::nearest(name, known.iter().map(String::as_str));
    let meant = near
        .map(|near| format!("did you mean `{near}`? "))
        .unwrap_or_default();
    failure.hint(format!("{meant}the columns are {}", known.join(", ")))
}

fn column_name(title: &str) -> String {
    title.to_lowercase().replace([' ', '-'], "_")
}

fn csv_field(text: &str) -> String {
    // A leading sign would be read as a formula by spreadsheets.
    let guarded = if text.starts_with(['=', '+', '@']) {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    if guarded.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", guarded.replace('"', "\"\""))
    } else {
        guarded
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> String {
        let rows = vec![
            vec![
                Cell::new("web-1"),
                Cell::toned("online", Tone::Good),
                Cell::new("fra"),
            ],
            vec![
                Cell::new("database-10"),
                Cell::toned("offline", Tone::Bad),
                Cell::new(""),
            ],
        ];
        render(&["name", "status", "region"], rows, Paint::Plain)
    }

    #[test]
    fn a_table_is_plain_columns_under_upper_case_titles() {
        assert_eq!(
            table(),
            "NAME          STATUS    REGION\nweb-1         online    fra\ndatabase-10   offline"
        );
    }

    #[test]
    fn a_coloured_line_does_not_end_in_blanks() {
        let rows = [("a", "short"), ("b", "a text that is much longer")];
        let rows = rows.map(|(name, text)| vec![Cell::new(name), Cell::toned(text, Tone::Dim)]);

        let table = render(&["name", "detail"], rows.to_vec(), Paint::Colored);

        for line in table.lines() {
            let plain = anstream::adapter::strip_str(line).to_string();
            assert_eq!(plain, plain.trim_end(), "{line:?}");
        }
        assert!(table.contains("short\u{1b}["), "{table:?}");
    }

    #[test]
    fn fields_of_csv_are_quoted_where_needed() {
        assert_eq!(csv_field("a,b"), "\"a,b\"");
        assert_eq!(csv_field("say \"hi\""), "\"say \"\"hi\"\"\"");
        assert_eq!(csv_field("=1+1"), "'=1+1");
        assert_eq!(csv_field("plain"), "plain");
    }
}
