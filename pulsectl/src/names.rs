//! Names that are nearly right.

/// The known name that was probably meant, if one is near enough.
pub(crate) fn nearest<'a>(given: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let given = given.to_lowercase();
    known
        .map(|name| (strsim::jaro_winkler(&given, &name.to_lowercase()), name))
        .filter(|(nearness, _)| *nearness > 0.8)
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_the_name() {
        let known = ["interactive-update", "backup", "web-1"];

        assert_eq!(
            nearest("interactive-updte", known.into_iter()),
            Some("interactive-update")
        );
        assert_eq!(nearest("zzz", known.into_iter()), None);
    }
}
