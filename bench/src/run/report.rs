//! The rows, as a table or as JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

/// What is wanted of a row.
#[derive(Debug, Clone, Copy)]
enum Wanted {
    Nothing,
    /// At most so many times the other side.
    AtMostTimes(f64),
    /// At least so many times the other side.
    AtLeastTimes(f64),
    AtMost(f64),
}

/// One measurement.
#[derive(Debug)]
pub(super) struct Row {
    name: String,
    unit: &'static str,
    pulse: f64,
    floor: Option<f64>,
    wanted: Wanted,
}

impl Row {
    pub(super) fn of(name: String, unit: &'static str, pulse: f64) -> Self {
        Self {
            name,
            unit,
            pulse,
            floor: None,
            wanted: Wanted::Nothing,
        }
    }

    /// What the other side did.
    pub(super) fn beside(mut self, floor: f64) -> Self {
        self.floor = Some(floor);
        self
    }

    pub(super) fn at_most_times(mut self, times: f64) -> Self {
        self.wanted = Wanted::AtMostTimes(times);
        self
    }

    pub(super) fn at_least_times(mut self, times: f64) -> Self {
        self.wanted = Wanted::AtLeastTimes(times);
        self
    }

    pub(super) fn at_most(mut self, most: f64) -> Self {
        self.wanted = Wanted::AtMost(most);
        self
    }

    fn ratio(&self) -> Option<f64> {
        self.floor.map(|floor| self.pulse / floor)
    }

    /// Whether it is as wanted; `None` where nothing is.
    fn is_ok(&self) -> Option<bool> {
        match self.wanted {
            Wanted::Nothing => None,
            Wanted::AtMostTimes(most) => Some(self.ratio()? <= most),
            Wanted::AtLeastTimes(least) => Some(self.ratio()? >= least),
            Wanted::AtMost(most) => Some(self.pulse <= most),
        }
    }

    fn wanted(&self) -> String {
        match self.wanted {
            Wanted::Nothing => String::new(),
            Wanted::AtMostTimes(most) => format!("≤ {most:.1} ×"),
            Wanted::AtLeastTimes(least) => format!("≥ {least:.1} ×"),
            Wanted::AtMost(most) => format!("≤ {most} {}", self.unit),
        }
    }

    fn cells(&self) -> [String; 6] {
        let number = |number: f64| format!("{number:.2} {}", self.unit).trim_end().to_owned();
        let verdict = self.is_ok().map(|ok| if ok { "ok" } else { "over" });
        [
            self.name.clone(),
            number(self.pulse),
            self.floor.map(number).unwrap_or_default(),
            self.ratio()
                .map(|ratio| format!("{ratio:.2}"))
                .unwrap_or_default(),
            self.wanted(),
            verdict.unwrap_or_default().to_owned(),
        ]
    }

    fn json(&self) -> Value {
        json!({
            "name": self.name, "unit": self.unit, "pulse": self.pulse, "floor": self.floor,
            "ratio": self.ratio(), "wanted": self.wanted(), "ok": self.is_ok(),
        })
    }
}

/// Everything that was measured.
#[derive(Debug, Default)]
pub(super) struct Report(Vec<Row>);

impl Report {
    pub(super) fn add(&mut self, row: Row) {
        self.0.push(row);
    }

    /// One row for each measurement, aligned for people.
    pub(super) fn table(&self) -> String {
        let heads = ["measurement", "pulse", "floor", "ratio", "wanted", ""].map(str::to_owned);
        let lines: Vec<_> = std::iter::once(heads)
            .chain(self.0.iter().map(Row::cells))
            .collect();
        let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max();
        let widths: Vec<_> = (0..6).map(|column| width(column).unwrap_or(0)).collect();
        let mut text = String::new();
        for line in &lines {
            let mut row = format!("{:<1$}", line[0], widths[0]);
            for (cell, width) in line.iter().zip(&widths).skip(1) {
                let _ = write!(row, "  {cell:>width$}");
            }
            let _ = writeln!(text, "{}", row.trim_end());
        }
        text.trim_end().to_owned()
    }

    pub(super) fn json(&self) -> serde_json::Result<String> {
        let rows: Vec<_> = self.0.iter().map(Row::json).collect();
        serde_json::to_string_pretty(&json!({ "measurements": rows }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_says_whether_it_is_as_wanted() {
        let row = |pulse| Row::of("x".to_owned(), "ms", pulse).beside(2.0);

        assert_eq!(row(3.0).at_most_times(1.5).is_ok(), Some(true));
        assert_eq!(row(3.1).at_most_times(1.5).is_ok(), Some(false));
        assert_eq!(row(1.9).at_least_times(1.0).is_ok(), Some(false));
        assert_eq!(row(9.0).is_ok(), None);
    }
}
