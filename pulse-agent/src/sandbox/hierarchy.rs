//! Where this process can make control groups: those that limit, of version 2 where the kernel has
//! its controllers there, else one in each hierarchy of version 1; and those that contain, which are
//! always of version 2.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

/// Where a version 2 group keeps this process, since a group with children may hold none itself.
const OWN: &str = "pulse-agent";

/// What a group limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Controller {
    Memory,
    Pids,
    Cpu,
}

impl Controller {
    const ALL: [Self; 3] = [Self::Memory, Self::Pids, Self::Cpu];

    /// The kernel's word for it.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Memory => "memory",
            Self::Pids => "pids",
            Self::Cpu => "cpu",
        }
    }
}

/// Where groups for steps can be made on this host.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Places {
    /// Where what steps use can be limited.
    pub(super) limits: Option<Place>,
    /// Where steps can be contained, whatever can be limited there: the kernel ends such a group,
    /// with everything that was ever started in it, at one word.
    pub(super) containment: Option<PathBuf>,
}

impl Places {
    /// Looks for them.
    pub(super) fn find() -> Self {
        let mounts = fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
        let own = fs::read_to_string("/proc/self/cgroup").unwrap_or_default();
        let containment = v2(&mounts, &own);
        let divided = containment.as_deref().and_then(Place::divide);
        Self {
            limits: divided.or_else(|| v1(&mounts, &own)),
            containment,
        }
    }
}

/// Where groups that limit can be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// One hierarchy for everything.
    V2 {
        parent: PathBuf,
        controllers: Vec<Controller>,
    },
    /// One hierarchy for each controller.
    V1(BTreeMap<Controller, PathBuf>),
}

impl Place {
    /// Switches on, for the groups inside, what the group itself has.
    pub(super) fn divide(parent: &Path) -> Option<Self> {
        let there = fs::read_to_string(parent.join("cgroup.controllers")).ok()?;
        let controllers: Vec<Controller> = Controller::ALL
            .into_iter()
            .filter(|controller| {
                there
                    .split_whitespace()
                    .any(|word| word == controller.as_str())
            })
            .filter(|controller| {
                let wish = format!("+{}", controller.as_str());
                fs::write(parent.join("cgroup.subtree_control"), wish).is_ok()
            })
            .collect();
        (!controllers.is_empty()).then(|| Self::V2 {
            parent: parent.to_owned(),
            controllers,
        })
    }
}

/// A mounted hierarchy: where it is, which part of it is mounted, and what it controls.
struct Mount<'a> {
    root: &'a str,
    point: &'a str,
    kind: &'a str,
    options: &'a str,
}

fn mounts(text: &str) -> impl Iterator<Item = Mount<'_>> {
    text.lines().filter_map(|line| {
        let (place, about) = line.split_once(" - ")?;
        let mut place = place.split(' ').skip(3);
        let (root, point) = (place.next()?, place.next()?);
        let mut about = about.split(' ');
        let kind = about.next()?;
        let options = about.nth(1)?;
        Some(Mount {
            root,
            point,
            kind,
            options,
        })
    })
}

/// The folder of this process in a hierarchy.
fn own_folder(mount: &Mount<'_>, path: &str) -> PathBuf {
    let inside = path.strip_prefix(mount.root).unwrap_or(path);
    let folder = Path::new(mount.point).join(inside.trim_start_matches('/'));
    if folder.is_dir() {
        folder
    } else {
        PathBuf::from(mount.point)
    }
}

fn v1(text: &str, own: &str) -> Option<Place> {
    let mut roots = BTreeMap::new();
    for controller in Controller::ALL {
        let has = |list: &str| list.split(',').any(|word| word == controller.as_str());
        let Some(mount) = mounts(text).find(|mount| mount.kind == "cgroup" && has(mount.options))
        else {
            continue;
        };
        let path = own
            .lines()
            .filter_map(|line| line.split_once(':')?.1.split_once(':'))
            .find(|(names, _)| has(names))
            .map_or("/", |(_, path)| path);
        roots.insert(controller, own_folder(&mount, path));
    }
    (!roots.is_empty()).then_some(Place::V1(roots))
}

fn v2(text: &str, own: &str) -> Option<PathBuf> {
    let mount = mounts(text).find(|mount| mount.kind == "cgroup2")?;
    let path = own.lines().find_map(|line| line.strip_prefix("0::"))?;
    let folder = own_folder(&mount, path);
    let top = Path::new(mount.point);
    // A service with `Delegate=` divides its own group; otherwise only root has a place for more.
    if folder != top && is_alone(&folder) {
        enter(&folder.join(OWN)).ok()?;
        return Some(folder);
    }
    let parent = top.join("pulse");
    fs::create_dir_all(&parent).ok()?;
    Some(parent)
}

/// Whether this process is the only one in a group.
fn is_alone(folder: &Path) -> bool {
    let members = fs::read_to_string(folder.join("cgroup.procs")).unwrap_or_default();
    members.trim() == std::process::id().to_string()
        || members.trim().is_empty() && folder.join(OWN).is_dir()
}

fn enter(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join("cgroup.procs"), std::process::id().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw,mode=755
35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
36 31 0:33 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu,cpuacct
37 31 0:34 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
";

    #[test]
    fn mounts_are_read_with_what_they_control() {
        let found: Vec<(&str, &str, &str)> = mounts(MOUNTS)
            .map(|mount| (mount.point, mount.kind, mount.options))
            .collect();

        assert_eq!(found[2], ("/sys/fs/cgroup/cpu", "cgroup", "rw,cpu,cpuacct"));
        assert_eq!(found[3].1, "cgroup2");
    }
}
