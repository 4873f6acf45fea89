//! Files that are generated from the code and committed; a test fails when they are stale.

use super::{args::Generated, failure::Failure};

/// Prints one generated file.
pub(crate) fn generate(what: Generated) -> Result<(), Failure> {
    let name = match what {
        Generated::States => "states",
        Generated::Openapi => "openapi",
    };
    Err(Failure::error(format!("this build cannot generate {name}")))
}
