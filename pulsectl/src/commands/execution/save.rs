//! `execution logs --save`: a file for each stream of each job.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::Write as _,
    path::Path,
};

use pulse_api::{
    http::executions::{EntryKind, OutputEntry},
    status::Stream,
};

use super::pieces::Pieces;
use crate::{app::App, error::Failure, follow::plural, ui::live::bytes_of};

/// Writes the output into files such as `check/web-1.stdout`, and says where they are.
pub(super) async fn save(app: &App, folder: &Path, pieces: &mut Pieces) -> Result<(), Failure> {
    let mut files: BTreeMap<String, File> = BTreeMap::new();
    while let Some(entries) = pieces.next().await? {
        for entry in entries {
            if let EntryKind::Output(output) = &entry.what {
                write(folder, &mut files, output)?;
            }
        }
    }
    for name in files.keys() {
        let path = folder.join(name);
        app.ui.data(path.display().to_string())?;
    }
    let count = plural(files.len(), "file");
    app.ui.say(format!("{count} in {}", folder.display()));
    Ok(())
}

fn write(
    folder: &Path,
    files: &mut BTreeMap<String, File>,
    output: &OutputEntry,
) -> Result<(), Failure> {
    let name = file_name(output);
    let path = folder.join(&name);
    let failed = |error: std::io::Error| {
        Failure::usage(format!("could not write {}", path.display())).because(&error)
    };
    if !files.contains_key(&name) {
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(failed)?;
        }
        files.insert(name.clone(), File::create(&path).map_err(failed)?);
    }
    if let Some(file) = files.get_mut(&name) {
        file.write_all(&bytes_of(output)).map_err(failed)?;
    }
    Ok(())
}

/// Steps and workers are named by others: nothing in a name leads out of the folder.
fn file_name(output: &OutputEntry) -> String {
    let attempt = match output.attempt {
        0 | 1 => String::new(),
        attempt => format!(".{attempt}"),
    };
    let stream = match output.stream {
        Stream::Stdout => "stdout",
        Stream::Stderr => "stderr",
    };
    let (step, worker) = (plain(&output.step), plain(&output.worker));
    format!("{step}/{worker}{attempt}.{stream}")
}

fn plain(name: &str) -> String {
    let safe: String = name
        .chars()
        .map(|c| {
            let is_safe = c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
            if is_safe { c } else { '_' }
        })
        .collect();
    if safe.trim_matches('.').is_empty() {
        return format!("_{}", safe.len());
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leads_out_of_the_folder() {
        assert_eq!(plain("web-1"), "web-1");
        assert_eq!(plain("../../etc/passwd"), ".._.._etc_passwd");
        assert_eq!(plain(".."), "_2");
        assert_eq!(plain("a\u{0}b\n"), "a_b_");
    }
}
