//! Which files a step can reach: Landlock, which a process can only ever tighten.

use landlock::{
    ABI, Access as _, AccessFs, CompatLevel, Compatible as _, Ruleset, RulesetAttr as _,
    RulesetCreatedAttr as _, RulesetError, RulesetStatus, path_beneath_rules,
};

use super::Paths;

/// What every kernel with Landlock can restrict.
const LEAST: ABI = ABI::V1;
/// What later ones can as well: moving between folders, and cutting files short.
const BEST: ABI = ABI::V3;

/// Whether this kernel can restrict paths.
pub(crate) fn is_there() -> bool {
    Ruleset::default()
        .set_compatibility(CompatLevel::HardRequirement)
        .handle_access(AccessFs::from_all(LEAST))
        .and_then(Ruleset::create)
        .is_ok()
}

/// Lets this process reach only these paths from here on. What does not exist cannot be reached.
pub(super) fn restrict(paths: &Paths) -> Result<(), String> {
    match apply(paths) {
        Ok(RulesetStatus::FullyEnforced | RulesetStatus::PartiallyEnforced) => Ok(()),
        Ok(RulesetStatus::NotEnforced) => Err("the kernel does not restrict paths".to_owned()),
        Err(error) => Err(format!("paths cannot be restricted: {error}")),
    }
}

fn apply(paths: &Paths) -> Result<RulesetStatus, RulesetError> {
    let restricted = Ruleset::default()
        .set_compatibility(CompatLevel::HardRequirement)
        .handle_access(AccessFs::from_all(LEAST))?
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(BEST))?
        .create()?
        .add_rules(path_beneath_rules(&paths.read, AccessFs::from_read(BEST)))?
        .add_rules(path_beneath_rules(&paths.write, AccessFs::from_all(BEST)))?
        .restrict_self()?;
    Ok(restricted.ruleset)
}
