//! What a shell needs to talk to a stack: `env`, and a context for `pulsectl`.

use std::{fmt::Write as _, fs, io, net::SocketAddr};

use super::layout::Layout;
use crate::files;

/// The context's name.
const CONTEXT: &str = "dev";

/// Writes `env` last: it is there only when all the rest is.
pub(crate) fn write(layout: &Layout, server: SocketAddr, database: &str) -> io::Result<()> {
    let url = format!("http://{server}");
    let token = fs::read_to_string(layout.admin_token())?;
    let config = layout.pulsectl().join("config.yaml");
    let context =
        serde_json::json!({ "current": CONTEXT, "contexts": { CONTEXT: { "url": url } } });
    let credential =
        serde_json::json!({ "contexts": { CONTEXT: { "url": url, "token": token.trim() } } });
    // JSON is YAML, and quotes everything.
    files::replace(&config, &format!("{context:#}\n"), 0o644)?;
    let credentials = layout.pulsectl().join("credentials.yaml");
    files::replace(&credentials, &format!("{credential:#}\n"), 0o600)?;
    let mut text = String::new();
    for (name, value) in [
        ("PULSE_URL", url),
        (
            "PULSE_TOKEN_FILE",
            layout.admin_token().display().to_string(),
        ),
        ("PULSE_DATABASE_URL", database.to_owned()),
        ("PULSECTL_CONFIG", config.display().to_string()),
    ] {
        let _ = writeln!(text, "export {name}={}", quoted(&value));
    }
    files::replace(&layout.env(), &text, 0o644)
}

/// Quotes a value for any POSIX shell.
fn quoted(value: &str) -> String {
    format!("'{}'", value.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_quote_in_a_path_stays_one_word() {
        assert_eq!(super::quoted("it's"), r"'it'\''s'");
    }
}
