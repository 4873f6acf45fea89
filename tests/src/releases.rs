//! Releases of the agent, and a stand-in for the package manager that puts them on hosts.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{agent::Agent, places};

/// The version of everything that is built here.
pub const CURRENT: &str = env!("CARGO_PKG_VERSION");

/// The releases that hosts can install.
#[derive(Debug, Clone)]
pub struct Releases {
    folder: PathBuf,
}

impl Releases {
    /// A repository with the current release in it.
    pub fn new(folder: &Path) -> Self {
        let folder = folder.join("releases");
        fs::create_dir_all(&folder).unwrap();
        let releases = Self { folder };
        fs::copy(places::program("pulse-agent"), releases.path(CURRENT)).unwrap();
        releases
    }

    /// Adds a release that differs from the current one by nothing but the version that it says.
    #[must_use]
    pub fn with(self, version: &str) -> Self {
        assert_eq!(version.len(), CURRENT.len(), "no byte may move");
        let edit = format!("s/{}/{version}/g", CURRENT.replace('.', "[.]"));
        let mut sed = Command::new("sed");
        sed.env("LC_ALL", "C").arg(edit).arg(self.path(CURRENT));
        let edited = sed.output().unwrap();
        assert!(edited.status.success(), "{edited:?}");
        self.add(version, &edited.stdout);
        self
    }

    /// Adds a release that is this script.
    #[must_use]
    pub fn with_script(self, version: &str, script: &str) -> Self {
        self.add(version, format!("#!/bin/sh\n{script}\n").as_bytes());
        self
    }

    fn add(&self, version: &str, program: &[u8]) {
        let path = self.path(version);
        fs::write(&path, program).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn path(&self, version: &str) -> PathBuf {
        self.folder.join(version)
    }

    /// The same agent with the current release installed on its host.
    #[must_use]
    pub fn on(&self, agent: Agent) -> Agent {
        let program = agent.path("pulse-agent");
        fs::hard_link(self.path(CURRENT), &program).unwrap();
        agent.installed_at(&program)
    }

    /// What a step runs to install a release, as `dpkg` does it: a new file takes the name of the
    /// old one, which goes on to run; packages are in their first revision. `after` is the release's own script, which finds the
    /// version as `$1` and the host's folder as `$host`.
    pub fn package_manager(&self, hosts: &Path, after: &str) -> String {
        let (releases, hosts) = (self.folder.display(), hosts.display());
        format!(
            "set -e\nhost='{hosts}'/agent-$PULSE_WORKER\n\
             for package; do case $package in pulse-agent=*) set -- \"${{package#*=}}\";; esac; done\n\
             case $1 in *-1|*-'*') set -- \"${{1%-*}}\";; *) set -- no/revision/$1;; esac\n\
             test -e '{releases}'/$1 || {{ echo \"E: Version '$1' for 'pulse-agent' was not found\" >&2; exit 100; }}\n\
             ln -f '{releases}'/$1 $host/pulse-agent.dpkg-new\n\
             mv -f $host/pulse-agent.dpkg-new $host/pulse-agent\n{after}"
        )
    }
}
