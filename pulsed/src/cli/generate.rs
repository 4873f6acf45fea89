//! Files that are generated from the code and committed; a test fails when they are stale.

use super::{args::Generated, failure::Failure, manual, say::out};
use crate::{edge::http::openapi, model::machine};

/// Prints one generated file.
pub(crate) fn generate(what: &Generated) -> Result<(), Failure> {
    match what {
        Generated::States => out(&machine::document()),
        Generated::Openapi => {
            let text = serde_json::to_string_pretty(&openapi::document())
                .map_err(|error| Failure::because("cannot write the document", &error))?;
            out(&format!("{text}\n"))
        }
        Generated::Manual { dir } => {
            manual::write(dir).map_err(|error| Failure::because("cannot write the manual", &error))
        }
    }
}
