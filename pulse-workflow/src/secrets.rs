//! What a secret may be called, which is the variable that steps find it in, and what it may be.

/// How long a name may be.
const LONGEST: usize = 63;

/// Variables that say what a process is, or what a shell or the loader runs before it.
const TAKEN: &[&str] = &[
    "PATH",
    "HOME",
    "USER",
    "LOGNAME",
    "SHELL",
    "LANG",
    "TZ",
    "TERM",
    "TMPDIR",
    "IFS",
    "ENV",
    "BASH_ENV",
    "PWD",
    "PYTHONPATH",
    "PYTHONSTARTUP",
    "NODE_OPTIONS",
];

/// Why this cannot be the name of a secret, where it cannot.
pub fn fault_of_name(name: &str) -> Option<&'static str> {
    let is_plain = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    if name.is_empty()
        || name.len() > LONGEST
        || !name.bytes().all(is_plain)
        || name.starts_with(|first: char| first.is_ascii_digit())
    {
        return Some("a secret's name has 1 to 63 of A-Z, 0-9 and _, and no digit first");
    }
    if name.starts_with("PULSE_") {
        return Some("names that begin with PULSE_ are pulse's own");
    }
    if TAKEN.contains(&name) || name.starts_with("LD_") || name.starts_with("LC_") {
        return Some("a variable of this name changes how programs run");
    }
    None
}

/// The shortest value: what is shorter could not be masked in output.
pub const SHORTEST_VALUE: usize = 8;
/// The longest value: it travels in one frame with all the others that a step gets.
pub const LONGEST_VALUE: usize = 16 * 1024;
/// How much all secret inputs of a run hold.
pub const MOST_OF_INPUTS: usize = 32 * 1024;

/// Why a text cannot be the value of a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ValueFault {
    #[error(
        "a secret has at least {SHORTEST_VALUE} bytes: what is shorter cannot be masked in output"
    )]
    TooShort,
    #[error("a secret has at most {LONGEST_VALUE} bytes")]
    TooLong,
    #[error("a secret holds no control characters other than tabs and ends of lines")]
    Control,
}

/// Why this cannot be the value of a secret, where it cannot.
pub fn fault_of_value(value: &str) -> Option<ValueFault> {
    let is_forbidden = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    match value.len() {
        ..SHORTEST_VALUE => Some(ValueFault::TooShort),
        SHORTEST_VALUE..=LONGEST_VALUE => {
            value.contains(is_forbidden).then_some(ValueFault::Control)
        }
        _ => Some(ValueFault::TooLong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_variable_that_nothing_else_means() {
        for good in ["TOKEN", "_X", "DB_PASSWORD_2", "PULSEX"] {
            assert_eq!(fault_of_name(good), None, "{good}");
        }
        let long = "A".repeat(64);
        for bad in [
            "",
            "token",
            "2FA",
            "A-B",
            "A B",
            "PULSE_X",
            "PATH",
            "LD_PRELOAD",
            "BASH_ENV",
            &long,
        ] {
            assert!(fault_of_name(bad).is_some(), "{bad}");
        }
    }
}
