//! The one way for a test not to run: saying why, where `script/test` counts it.
//!
//! Packages that do not depend on this one take the file by its path.

use std::{fs::File, io::Write as _};

/// The variable that names the file in which skipped tests are counted; `script/test` sets it.
const LIST: &str = "PULSE_TESTS_SKIPPED";

/// Says why this host cannot run the test; whoever calls returns.
///
/// # Panics
/// When it cannot be written down: nothing is skipped silently.
#[expect(
    clippy::disallowed_methods,
    reason = "its users have different places for reading the environment"
)]
pub fn skip(why: &str) {
    let why = why.replace('\n', "; ");
    writeln!(std::io::stderr(), "skipped: {why}").expect("somebody listens");
    if let Some(list) = std::env::var_os(LIST) {
        let line = format!("{}\t{why}\n", test());
        let file = File::options().create(true).append(true).open(list);
        let written = file.and_then(|mut file| file.write_all(line.as_bytes()));
        written.expect("a skipped test is written down");
    }
}

/// The name of the running test: of its thread, or the one that the runner asked for.
fn test() -> String {
    let thread = std::thread::current();
    match thread.name() {
        Some(name) if name != "main" => name.to_owned(),
        _ => std::env::args()
            .skip_while(|argument| argument != "--exact")
            .nth(1)
            .unwrap_or_else(|| "a test".to_owned()),
    }
}
