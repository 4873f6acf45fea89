//! `server backup` and `server restore`: what is kept of what a server sends.

use std::{fmt::Write as _, fs, os::unix::fs::PermissionsExt as _};

use pulse_api::backup::end;
use ring::digest::{SHA256, digest};

use super::fake::{Answer, Fake, Ran};

/// What a server sends of a backup, in pieces of this length.
fn sent(backup: &str, piece: usize) -> Vec<String> {
    let sha256 = digest(&SHA256, backup.as_bytes());
    let sha256 = sha256
        .as_ref()
        .iter()
        .fold(String::new(), |mut text, byte| {
            write!(text, "{byte:02x}").unwrap();
            text
        });
    let all = format!("{backup}{}", end(backup.len() as u64, &sha256));
    all.as_bytes()
        .chunks(piece)
        .map(|piece| String::from_utf8(piece.to_vec()).unwrap())
        .collect()
}

fn backup(answer: Answer) -> (Ran, Fake) {
    let fake = Fake::start(move |_, _| answer.clone());
    let out = fake.home.join("pulse.dump").display().to_string();
    (fake.run(&["server", "backup", "-O", &out]), fake)
}

/// Whatever is left beside the settings.
fn left(fake: &Fake) -> Vec<String> {
    let entries = fs::read_dir(&fake.home).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.contains("dump")).collect()
}

#[test]
fn a_whole_backup_has_its_name_and_is_for_its_owner_alone() {
    let text = "PGDMP and everything else ".repeat(40);
    for piece in [1, 99, 100, 101, 100_000] {
        let (ran, fake) = backup(Answer::Stream(sent(&text, piece)));

        let ran = ran.exits(0).tells("1.0 KiB are in it");
        let path = fake.home.join("pulse.dump");
        assert_eq!(ran.stdout.trim(), path.display().to_string());
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(left(&fake), ["pulse.dump"]);
    }
}

#[test]
fn of_what_is_not_whole_nothing_is_kept() {
    let whole = sent("PGDMP and everything else", 10);
    let short = whole[..whole.len() - 1].to_vec();
    let without_end = vec!["PGDMP and everything else".to_owned()];
    let mut changed = whole.clone();
    changed[0] = changed[0].replace(' ', "_");
    let mut longer = whole.clone();
    longer.push("\n".to_owned());
    for answer in [
        Answer::Stream(short),
        Answer::Stream(without_end),
        Answer::Stream(Vec::new()),
        Answer::Stream(changed),
        Answer::Stream(longer),
        Answer::Cut(whole),
    ] {
        let (ran, fake) = backup(answer);

        ran.exits(12).tells("nothing is kept of it");
        assert_eq!(left(&fake), [""; 0]);
    }
}

#[test]
fn a_file_that_is_there_is_left_alone_and_nobody_is_asked() {
    let fake = Fake::start(|_, _| Answer::Stream(sent("x", 10)));
    let out = fake.file("pulse.dump", "mine");

    let ran = fake.run(&["server", "backup", "-O", &out]);
    let other = fake.home.join("other.dump").display().to_string();
    fs::write(format!("{other}.partial"), "of another").unwrap();
    let busy = fake.run(&["server", "backup", "-O", &other]);

    ran.exits(2)
        .tells("is there already")
        .tells("choose another name");
    busy.exits(2).tells("another backup writes it");
    assert_eq!(fs::read_to_string(&out).unwrap(), "mine");
    assert_eq!(
        fs::read_to_string(format!("{other}.partial")).unwrap(),
        "of another"
    );
    assert_eq!(fake.seen().len(), 1);
}

#[test]
fn a_restore_is_told_where_it_is_done_and_asks_nobody() {
    let fake = Fake::start(|_, _| Answer::problem(500, "internal", "never asked"));

    let ran = fake.run(&["server", "restore", "my pulse.dump"]);

    ran.exits(2)
        .tells("while no server runs")
        .tells("sudo -u pulsed pulsed restore 'my pulse.dump' && systemctl start pulsed");
    assert!(fake.seen().is_empty());
}
