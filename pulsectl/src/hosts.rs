//! Names of hosts in little room: `web-[1-3,7],db-1`.

use std::collections::BTreeMap;

/// A name around its last number.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Shape<'a> {
    before: &'a str,
    after: &'a str,
    /// How many digits a number with leading zeros has; 0 for one without.
    padding: usize,
}

/// Writes names with their numbers gathered into ranges, in order.
pub(crate) fn fold<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let mut shapes: BTreeMap<Shape<'a>, Vec<u64>> = BTreeMap::new();
    let mut plain: Vec<&str> = Vec::new();
    for name in names {
        match split(name) {
            Some((shape, number)) => shapes.entry(shape).or_default().push(number),
            None => plain.push(name),
        }
    }
    let mut parts: Vec<String> = plain.into_iter().map(str::to_owned).collect();
    parts.extend(
        shapes
            .into_iter()
            .map(|(shape, numbers)| written(&shape, numbers)),
    );
    parts.sort();
    parts.dedup();
    parts.join(",")
}

/// The last number of a name, and what is around it.
fn split(name: &str) -> Option<(Shape<'_>, u64)> {
    let end = name.rfind(|c: char| c.is_ascii_digit())? + 1;
    let begin = name[..end]
        .rfind(|c: char| !c.is_ascii_digit())
        .map_or(0, |at| {
            at + name[at..].chars().next().map_or(1, char::len_utf8)
        });
    let digits = &name[begin..end];
    let number = digits.parse().ok()?;
    let is_padded = digits.len() > 1 && digits.starts_with('0');
    let shape = Shape {
        before: &name[..begin],
        after: &name[end..],
        padding: if is_padded { digits.len() } else { 0 },
    };
    Some((shape, number))
}

fn written(shape: &Shape<'_>, mut numbers: Vec<u64>) -> String {
    numbers.sort_unstable();
    numbers.dedup();
    let padding = shape.padding;
    let mut ranges: Vec<(u64, u64)> = Vec::new();
    for number in numbers {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => ranges.push((number, number)),
        }
    }
    let texts: Vec<String> = ranges
        .iter()
        .map(|(first, last)| {
            if first == last {
                format!("{first:0padding$}")
            } else {
                format!("{first:0padding$}-{last:0padding$}")
            }
        })
        .collect();
    let is_one = matches!(ranges.as_slice(), [(first, last)] if first == last);
    let (before, after) = (shape.before, shape.after);
    if is_one {
        format!("{before}{}{after}", texts[0])
    } else {
        format!("{before}[{}]{after}", texts.join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_ranges() {
        assert_eq!(
            fold(["web-10", "web-1", "web-2", "web-3", "web-7"]),
            "web-[1-3,7,10]"
        );
        assert_eq!(fold(["web-1", "db-1", "router"]), "db-1,router,web-1");
        assert_eq!(fold(["n2.fra", "n1.fra", "n1.iad"]), "n1.iad,n[1-2].fra");
    }

    #[test]
    fn leading_zeros_stay() {
        assert_eq!(fold(["n08", "n09", "n10"]), "n10,n[08-09]");
        assert_eq!(fold(["n001", "n002", "n010"]), "n[001-002,010]");
    }

    #[test]
    fn odd_names_stay_as_they_are() {
        assert_eq!(fold(["42", "43"]), "[42-43]");
        assert_eq!(fold(["büro7ü", "büro8ü"]), "büro[7-8]ü");
        assert_eq!(
            fold(["x99999999999999999999999"]),
            "x99999999999999999999999"
        );
        assert_eq!(fold([]), "");
    }
}
