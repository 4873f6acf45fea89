//! The users of this host that steps can run as.

use std::fs;

/// A user of this host.
pub(super) struct Account {
    pub(super) name: String,
    pub(super) uid: u32,
    pub(super) gid: u32,
    pub(super) home: String,
    pub(super) shell: String,
}

/// Finds a user that this process can become.
pub(super) fn account(name: &str) -> Result<Account, String> {
    let found = fs::read_to_string("/etc/passwd")
        .ok()
        .and_then(|passwd| passwd.lines().find_map(|line| parse_account(line, name)))
        .ok_or_else(|| format!("there is no user `{name}` on this host"))?;
    let own = rustix::process::geteuid();
    if own.is_root() || own.as_raw() == found.uid {
        return Ok(found);
    }
    Err(format!(
        "the agent does not run as root, so it cannot start a step as `{name}`"
    ))
}

fn parse_account(line: &str, name: &str) -> Option<Account> {
    let fields: Vec<&str> = line.split(':').collect();
    if *fields.first()? != name {
        return None;
    }
    Some(Account {
        name: name.to_owned(),
        uid: fields.get(2)?.parse().ok()?,
        gid: fields.get(3)?.parse().ok()?,
        home: (*fields.get(5)?).to_owned(),
        shell: (*fields.get(6)?).to_owned(),
    })
}

/// What a login would say of the user.
pub(super) fn account_environment(account: &Account) -> Vec<(String, String)> {
    let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    vec![
        pair("HOME", &account.home),
        pair("USER", &account.name),
        pair("LOGNAME", &account.name),
        pair("SHELL", &account.shell),
    ]
}
