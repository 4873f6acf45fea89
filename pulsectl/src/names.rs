//! Names as they are given: nearly right, or with what they name in front.

use clap::builder::{StringValueParser, TypedValueParser};

/// Takes a name by itself or as `-o name` prints it: `worker/web-1` is `web-1`.
pub(crate) fn given(kind: &'static str) -> impl TypedValueParser<Value = String> {
    StringValueParser::new().map(move |name| match name.strip_prefix(kind) {
        Some(rest) if rest.len() > 1 && rest.starts_with('/') => rest[1..].to_owned(),
        Some(_) | None => name,
    })
}

/// The known name that was probably meant, if one is near enough.
pub(crate) fn nearest<'a>(given: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let given = given.to_lowercase();
    known
        .map(|name| (nearness(&given, &name.to_lowercase()), name))
        .filter(|(nearness, _)| *nearness > ENOUGH)
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, name)| name)
}

/// How near a name has to be.
const ENOUGH: f64 = 0.8;

/// How near two names are, 1 being the same. Short ones differ much by two letters changing places: one slip
/// is near enough.
fn nearness(given: &str, name: &str) -> f64 {
    let nearness = strsim::jaro_winkler(given, name);
    let (long, short) = (given.chars().count(), name.chars().count());
    let is_enough = short > 2 || (short == 2 && long == 3);
    let is_one_slip = is_enough && strsim::osa_distance(given, name) == 1;
    if is_one_slip {
        nearness.max(ENOUGH + 0.01)
    } else {
        nearness
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_it_names_may_stand_in_front() {
        let command =
            clap::Command::new("show").arg(clap::Arg::new("worker").value_parser(given("worker")));
        let taken = |text: &str| {
            let matches = command.clone().get_matches_from(["show", text]);
            matches.get_one::<String>("worker").unwrap().clone()
        };

        assert_eq!(taken("worker/web-1"), "web-1");
        for same in ["web-1", "workers", "worker/", "worker", "other/web-1"] {
            assert_eq!(taken(same), same);
        }
    }

    #[test]
    fn a_slip_finds_the_name() {
        let known = ["interactive-update", "backup", "web-1"];

        assert_eq!(
            nearest("interactive-updte", known.into_iter()),
            Some("interactive-update")
        );
        assert_eq!(nearest("zzz", known.into_iter()), None);
        assert_eq!(nearest("wbe", ["web", "db"].into_iter()), Some("web"));
        assert_eq!(nearest("sst", ["st", "prod"].into_iter()), Some("st"));
        assert_eq!(nearest("w2", ["w1"].into_iter()), None);
    }
}
