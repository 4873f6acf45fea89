//! Quoting of values for the language that will read them.
//!
//! Nothing here runs anything.

use crate::model::Runtime;

/// Writes text as one literal of the runtime's language.
pub(crate) fn quote_for(runtime: Runtime, text: &str) -> String {
    match runtime {
        Runtime::Shell | Runtime::Bash => quote(text),
        // A JSON string is a string literal in both languages.
        Runtime::Python | Runtime::Node => serde_json::Value::from(text).to_string(),
    }
}

/// Writes text as one word of a POSIX shell.
pub(crate) fn quote(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-./:@%+,=".contains(&byte);
    // A leading `=` or `~` and the like mean something to some shells; letters never do.
    if !text.is_empty() && text.bytes().all(plain) && !text.starts_with('=') {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}
