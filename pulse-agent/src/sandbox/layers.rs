//! What a step may use and reach.

use pulse_api::sandbox::Sandbox;

/// Restrictions of the host and of the step. Limits are merged; every list of paths holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Layers {
    pub(crate) limits: Sandbox,
    pub(crate) paths: Vec<Paths>,
}

impl Layers {
    /// Whether nothing is restricted, so that the process can be started directly.
    pub(crate) fn is_open(&self) -> bool {
        self.limits.is_open() && self.paths.is_empty()
    }

    pub(crate) fn new(host: &Sandbox, step: Option<&Sandbox>) -> Self {
        let open = Sandbox::default();
        let step = step.unwrap_or(&open);
        let has_paths = |one: &&Sandbox| one.has_paths();
        Self {
            limits: host.limits_with(step),
            paths: [host, step]
                .into_iter()
                .filter(has_paths)
                .map(|one| Paths {
                    read: one.read.clone().unwrap_or_default(),
                    write: one.write.clone().unwrap_or_default(),
                })
                .collect(),
        }
    }
}

/// The only paths that can be reached.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Paths {
    pub(crate) read: Vec<String>,
    pub(crate) write: Vec<String>,
}
