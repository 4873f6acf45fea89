//! `doctor --fix`: what can be mended on this machine without harm. Nothing is overwritten, and no
//! server is asked for anything.

use std::{fs, io, os::unix::fs::PermissionsExt as _, path::Path};

use super::local;
use crate::{app::App, commands::completion};

/// Mends what it can, and gives a line for each thing it did or could not do.
pub(super) fn mend(app: &App) -> Vec<String> {
    [credentials(app), script(app)]
        .into_iter()
        .flatten()
        .collect()
}

/// Lets nobody but the owner read the tokens. Who has read them before cannot be undone.
fn credentials(app: &App) -> Option<String> {
    let path = app.settings.env.credentials_path()?;
    let found = fs::symlink_metadata(&path).ok()?;
    let is_shared = found.permissions().mode() & 0o077 != 0;
    if !found.is_file() || !is_shared {
        return None;
    }
    let shown = path.display();
    Some(
        match fs::set_permissions(&path, fs::Permissions::from_mode(0o600)) {
            Ok(()) => format!(
                "fixed: {shown} is readable by you alone; others may know its tokens, so make new ones"
            ),
            Err(error) => format!("not fixed: {shown}: {error}"),
        },
    )
}

/// Puts the completion script where the shell in use finds it.
fn script(app: &App) -> Option<String> {
    let (shell, places) = local::completion_places(app)?;
    if places.iter().any(|place| place.exists()) {
        return None;
    }
    let place = places.first()?;
    let shown = place.display();
    Some(match write_new(place, &completion::script(shell)) {
        Ok(()) => format!("fixed: {shown} completes in a new {shell}"),
        Err(error) => format!("not fixed: {shown}: {error}"),
    })
}

fn write_new(place: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = fs::File::create_new(place)?;
    io::Write::write_all(&mut file, text.as_bytes())
}
