//! Who decides on colours: the flag, then the environment, then the terminal.

use serde_json::json;

use super::fake::{Answer, Fake, worker};

#[test]
fn the_flag_comes_before_the_environment_and_the_environment_before_the_stream() {
    let fake = Fake::start(|_, _| Answer::page(&json!([worker("web-1")])));
    let list = |flags: &[&str], variables: &[(&str, &str)]| {
        let args = [&["worker", "ls"][..], flags].concat();
        let mut command = fake.command(&args);
        command.env("TERM", "xterm").envs(variables.iter().copied());
        let output = command.output().unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap()
    };
    let always = &["--color", "always"][..];

    for painted in [
        list(always, &[]),
        list(always, &[("NO_COLOR", "1")]),
        list(&[], &[("CLICOLOR_FORCE", "1")]),
    ] {
        assert!(painted.contains("\u{1b}[38;5;10m"), "{painted:?}");
        assert!(!painted.contains("\u{1b}[m"), "{painted:?}");
    }
    for plain in [
        list(&[], &[]),
        list(&[], &[("CLICOLOR_FORCE", "0")]),
        list(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]),
        list(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]),
    ] {
        assert!(!plain.contains('\u{1b}'), "{plain:?}");
    }
}
