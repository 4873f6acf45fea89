//! Documents from files, folders and stdin.

use std::{
    fs,
    io::{self, IsTerminal as _, Read as _},
    path::{Path, PathBuf},
};

use clap::Args;

use crate::{error::Failure, ui};

/// A document may be this long; the language's own limit is lower and has its own message.
const LENGTH_LIMIT: u64 = 4 * 1024 * 1024;

/// Where documents come from.
#[derive(Debug, Args)]
pub(crate) struct From {
    /// Documents, folders of documents, or - for stdin
    #[arg(value_name = "FILE", required_unless_present = "files")]
    paths: Vec<String>,
    /// The same; may be repeated
    #[arg(short, long = "file", value_name = "FILE")]
    files: Vec<String>,
    /// Look into folders below the given ones too
    #[arg(short = 'R', long)]
    recursive: bool,
}

/// One document, and where it was found.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    /// The path, or `stdin`.
    pub(crate) place: String,
    /// The name of its file without the ending.
    pub(crate) stem: Option<String>,
    pub(crate) text: String,
    /// How many lines of the file are before it.
    pub(crate) lines_before: u32,
}

impl From {
    /// Two stored versions, `deploy@3 deploy@5`, where they are named in place of files.
    pub(super) fn versions(&self) -> Option<[(&str, i32); 2]> {
        let stored = |word: &'_ String| {
            let (name, version) = word.rsplit_once('@')?;
            let is_file = Path::new(word).exists();
            Some((name.len(), version.parse::<i32>().ok()?)).filter(|_| !is_file)
        };
        let ([one, other], []) = (self.paths.as_slice(), self.files.as_slice()) else {
            return None;
        };
        let (first, second) = (stored(one)?, stored(other)?);
        Some([(&one[..first.0], first.1), (&other[..second.0], second.1)])
    }

    /// Reads all documents; a folder without any is an error.
    pub(crate) fn read(&self) -> Result<Vec<Document>, Failure> {
        let depth = if self.recursive {
            Depth::Below
        } else {
            Depth::Here
        };
        let mut documents = Vec::new();
        for file in self.paths.iter().chain(&self.files) {
            let path = Path::new(file);
            if file != "-" && path.is_dir() {
                let found = in_folder(path, depth)?;
                if found.is_empty() {
                    return Err(Failure::usage(format!(
                        "{file} holds no .yaml, .yml or .json file"
                    ))
                    .hint("-R looks into the folders below it too"));
                }
                for path in found {
                    documents.extend(split(&path.display().to_string(), &read_file(&path)?));
                }
            } else {
                documents.extend(split(file, &read_text(file)?));
            }
        }
        Ok(documents)
    }
}

/// Reads a file, or stdin for `-`.
pub(crate) fn read_text(file: &str) -> Result<String, Failure> {
    if file != "-" {
        return read_file(Path::new(file));
    }
    if io::stdin().is_terminal() {
        ui::stderr_line("reading from the terminal; end with Ctrl-D");
    }
    read_whole("stdin", io::stdin().lock())
}

fn read_file(path: &Path) -> Result<String, Failure> {
    let failed = |error: io::Error| {
        Failure::usage(format!("could not read {}", path.display())).because(&error)
    };
    let file = fs::File::open(path).map_err(failed)?;
    read_whole(&path.display().to_string(), file)
}

/// Reads all of it, or refuses it: half a document is another document.
fn read_whole(place: &str, from: impl io::Read) -> Result<String, Failure> {
    let failed =
        |error: io::Error| Failure::usage(format!("could not read {place}")).because(&error);
    let mut bytes = Vec::new();
    let mut from = from.take(LENGTH_LIMIT + 1);
    from.read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > LENGTH_LIMIT {
        let limit = LENGTH_LIMIT / 1024 / 1024;
        return Err(
            Failure::usage(format!("{place} is longer than {limit} MiB"))
                .hint("several documents may stand in several files of a folder"),
        );
    }
    String::from_utf8(bytes).map_err(|error| {
        Failure::usage(format!("{place} is no text in UTF-8")).because(&error.utf8_error())
    })
}

/// How far a folder is looked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Depth {
    Here,
    Below,
}

fn in_folder(folder: &Path, depth: Depth) -> Result<Vec<PathBuf>, Failure> {
    let failed = |error: io::Error| {
        Failure::usage(format!("could not read {}", folder.display())).because(&error)
    };
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let path = entry.path();
        let kind = entry.file_type().map_err(failed)?;
        if kind.is_dir() && depth == Depth::Below {
            found.extend(in_folder(&path, depth)?);
        } else if !kind.is_dir() && has_known_ending(&path) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn has_known_ending(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| matches!(ending, "yaml" | "yml" | "json"))
}

/// Splits a file at its document markers, which only ever stand at the beginning of a line.
fn split(place: &str, text: &str) -> Vec<Document> {
    let document = |text: String, lines_before: u32| Document {
        place: if place == "-" {
            "stdin".to_owned()
        } else {
            place.to_owned()
        },
        stem: Path::new(place)
            .file_stem()
            .and_then(|stem| stem.to_str())
            .map(str::to_owned)
            .filter(|_| place != "-"),
        text,
        lines_before,
    };
    let is_marker = |line: &str| line.trim_end() == "---" || line.starts_with("--- ");
    if !text.lines().any(is_marker) {
        return vec![document(text.to_owned(), 0)];
    }
    let mut parts = vec![(String::new(), 0_u32)];
    for (number, line) in (0_u32..).zip(text.split_inclusive('\n')) {
        if is_marker(line) {
            parts.push((String::new(), number + 1));
        } else if let Some((part, _)) = parts.last_mut() {
            part.push_str(line);
        }
    }
    let has_content = |text: &str| {
        text.lines()
            .any(|line| !line.trim().is_empty() && !line.trim().starts_with('#'))
    };
    parts
        .into_iter()
        .filter(|(text, _)| has_content(text))
        .map(|(text, before)| document(text, before))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_document_is_kept_as_it_is() {
        let documents = split("a/disk.yaml", "# hi\nname: disk\n");

        assert_eq!(documents.len(), 1);
        assert_eq!(documents[0].text, "# hi\nname: disk\n");
        assert_eq!(documents[0].stem.as_deref(), Some("disk"));
    }

    #[test]
    fn several_documents_know_their_lines() {
        let documents = split("-", "---\nname: a\n---\n# only a comment\n---\nname: b\n");

        let texts: Vec<_> = documents
            .iter()
            .map(|found| (found.text.as_str(), found.lines_before))
            .collect();

        assert_eq!(texts, [("name: a\n", 1), ("name: b\n", 5)]);
        assert_eq!(documents[0].stem, None);
    }
}
