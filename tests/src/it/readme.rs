//! What the documents say is so: the tour runs as written, and links and file names lead somewhere.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use pulse_tests::{places, world::said};

/// The folder that the tour names.
const FOLDER: &str = "/tmp/pulse-tour";
/// What the session prints between a command's output and its exit code.
const MARK: char = '\u{1e}';

/// A command of the tour, and the output that the README shows for it.
#[derive(Debug)]
struct Typed {
    command: String,
    shown: Vec<String>,
}

#[tokio::test]
async fn the_tour_of_the_readme_runs_as_it_is_written() {
    let stack = Stack::new();
    let tour = tour(&stack.dir.display().to_string());

    let output = said(session(&tour, &stack)).await.stdout;

    // After each mark: the exit code of the command before, then the output of the next.
    let parts: Vec<_> = output
        .split(MARK)
        .skip(1)
        .map(|part| part.split_once('\n').unwrap_or((part, "")))
        .collect();
    assert_eq!(parts.len(), tour.len() + 1, "it broke off: {output}");
    for (index, typed) in tour.iter().enumerate() {
        let ((_, text), (code, _)) = (parts[index], parts[index + 1]);
        let command = &typed.command;
        assert_eq!(code, expected_code(&tour, index), "$ {command}\n{text}");
        for line in &typed.shown {
            assert!(
                is_said(line, text),
                "$ {command}\nno such line: {line}\n{text}"
            );
        }
    }
}

#[test]
fn every_link_between_documents_leads_somewhere() {
    let mut broken = Vec::new();
    for document in documents() {
        let text = fs::read_to_string(&document).unwrap();
        let folder = document.parent().unwrap();
        for link in text.split("](").skip(1) {
            let target = link.split([')', '#']).next().unwrap_or_default();
            let is_here = !target.is_empty() && !target.contains("://");
            if is_here && !folder.join(target).exists() {
                broken.push(format!("{}: {target}", document.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn every_file_that_a_document_names_is_there() {
    let roots = [
        places::checkout().to_owned(),
        places::checkout().join("pulsed/src"),
    ];
    let mut missing = Vec::new();
    for document in documents() {
        let text = fs::read_to_string(&document).unwrap();
        for name in text.split('`').skip(1).step_by(2).filter(|n| is_path(n)) {
            let (first, _) = name.split_once('/').unwrap();
            let is_ours = roots.iter().any(|root| root.join(first).is_dir());
            if is_ours && !roots.iter().any(|root| root.join(name).exists()) {
                missing.push(format!("{}: {name}", document.display()));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

fn is_path(name: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
    name.contains('/')
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(is_part)
}

/// A development stack that ends with the value.
struct Stack {
    folder: PathBuf,
    dir: PathBuf,
}

impl Stack {
    fn new() -> Self {
        let folder = places::new_folder("tour");
        let dir = folder.join("stack");
        Self { folder, dir }
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        let mut stop = Command::new(places::program("pulsed"));
        stop.env_clear().env("PATH", places::search_path());
        // The tour has ended it already, unless it broke off.
        let _ = stop
            .args(["dev", "--stop", "--dir"])
            .arg(&self.dir)
            .output();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The commands of the README's tour, with the folder replaced.
fn tour(folder: &str) -> Vec<Typed> {
    let readme = places::read("README.md").replace(FOLDER, folder);
    let section = readme.split("\n## Five minutes\n").nth(1).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let blocks = section.split("```console\n").skip(1);
    let lines = blocks.flat_map(|block| block.split("```").next().unwrap_or_default().lines());
    let mut tour: Vec<Typed> = Vec::new();
    for line in lines {
        if let Some(command) = line.strip_prefix("$ ") {
            tour.push(Typed {
                command: command.to_owned(),
                shown: Vec::new(),
            });
        } else {
            let typed = tour.last_mut().expect("a block begins with a command");
            typed.shown.push(line.to_owned());
        }
    }
    tour
}

/// One shell that is typed the whole tour.
fn session(tour: &[Typed], stack: &Stack) -> Command {
    // The exit code stays what it was, for `echo $?`.
    let mark = "code=$?; printf '\\036%s\\n' \"$code\"; (exit \"$code\")\n";
    let mut script = format!("exec 2>&1\n{mark}");
    for typed in tour {
        script.push_str(&typed.command);
        script.push('\n');
        script.push_str(mark);
    }
    let path = format!("{}:{}", places::programs().display(), places::search_path());
    let mut bash = Command::new("bash");
    bash.args(["--noprofile", "--norc", "-c", &script]);
    bash.env_clear().env("PATH", path).env("LANG", "C.UTF-8");
    bash.env("HOME", stack.folder.join("home"));
    bash.current_dir(places::checkout());
    bash
}

/// 0, unless the reader is shown another code right after.
fn expected_code(tour: &[Typed], index: usize) -> &str {
    match tour.get(index + 1) {
        Some(next) if next.command == "echo $?" => &next.shown[0],
        _ => "0",
    }
}

/// Whether some line has the words of this one, in order. Numbers, times and `…` are not words.
fn is_said(shown: &str, output: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    let words = || {
        shown
            .split(move |c| !is_part(c))
            .filter(|word| word.starts_with(char::is_alphabetic))
    };
    words().next().is_none()
        || output.lines().any(|line| {
            let mut rest = line;
            words().all(|word| match rest.split_once(word) {
                Some((_, after)) => {
                    rest = after;
                    true
                }
                None => false,
            })
        })
}

/// Every document that people read.
fn documents() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![places::checkout().join("docs")];
    let root = fs::read_dir(places::checkout()).unwrap().flatten();
    found.extend(
        root.map(|entry| entry.path())
            .filter(|path| is_document(path)),
    );
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if is_document(&path) {
                found.push(path);
            }
        }
    }
    found
}

fn is_document(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "md")
}
