//! Starting a step that is confined or contained: what its stage is told, and what must be there for it.

use std::{
    io,
    path::Path,
    process::{Child, Command},
};

use pulse_api::frames::ExecuteCommand;

use super::{
    account::Account,
    launch::{Files, Launcher, piped},
    plan::{Denied, Plan},
    record::Key,
};
use crate::sandbox::{Paths, group::Group, stage};

impl Launcher {
    /// Starts the process through a stage, which confines itself and then becomes it.
    ///
    /// The stage has none of the step's variables but those by which its processes are found, and
    /// secrets, which are not written to disk, under names that mean nothing to any program.
    pub(super) fn stage(
        &self,
        offer: &ExecuteCommand,
        plan: &Plan,
        (account, files): (Option<&Account>, &mut Files),
    ) -> Result<Child, Denied> {
        let (program, arguments) = self.program(plan, files).map_err(Denied::not_startable)?;
        let limits = &plan.confinement.limits;
        let stem = Key::from(offer.claim()).file_stem();
        if let Some(groups) = self
            .ability
            .groups
            .as_ref()
            .filter(|_| limits.has_group_limits() || self.is_contained(offer, plan))
        {
            let made = groups.make(&stem, limits);
            files.group = Some(made.map_err(|error| {
                Denied::unconfined(format!("the control group cannot be made: {error}"))
            })?);
        }
        let at = |ending: &str| self.folder.join(format!("{stem}.{ending}"));
        let (path, excuse) = (at("stage"), at("excuse"));
        files.stage = Some((path.clone(), excuse.clone()));
        let script = stage::Script {
            program,
            arguments,
            env: self.environment(offer, plan, (account, files)),
            secrets: plan.secrets.keys().cloned().collect(),
            folder: plan.working_dir.clone().unwrap_or_else(|| "/".to_owned()),
            account: account.map(|account| (account.uid, account.gid)),
            doors: files.group.as_ref().map(Group::doors).unwrap_or_default(),
            limits: limits.clone(),
            paths: own_paths(plan, files),
            excuse,
        };
        let wrong = |what: &str, error: &io::Error| Denied::unconfined(format!("{what}: {error}"));
        script
            .write(&path)
            .map_err(|error| wrong("the stage cannot be prepared", &error))?;
        let mut command = Command::new("/proc/self/exe");
        command
            .arg("stage")
            .arg(&path)
            .env_clear()
            .env("PULSE_JOB", offer.job_id.to_string())
            .env("PULSE_ATTEMPT", offer.attempt.to_string())
            .envs(
                plan.secrets
                    .iter()
                    .map(|(name, value)| (stage::waiting(name), value.expose())),
            )
            .current_dir("/");
        piped(&mut command)
            .spawn()
            .map_err(|error| wrong("the stage cannot be started", &error))
    }
}

/// The lists of paths, each with what every step needs: its script, its outputs, the null device.
fn own_paths(plan: &Plan, files: &Files) -> Vec<Paths> {
    let text = |path: &Path| path.display().to_string();
    let widened = plan.confinement.paths.iter().map(|paths| {
        let mut paths = paths.clone();
        paths.read.extend(files.script.as_deref().map(text));
        paths.write.push(text(&files.outputs));
        paths.write.push("/dev/null".to_owned());
        paths
    });
    widened.collect()
}
