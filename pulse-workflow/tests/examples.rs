//! Every document under `examples/` loads, without a warning.

use std::path::Path;

use pulse_workflow::{Source, Workflow, load};

fn example(name: &str) -> Workflow {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../examples")
        .join(name);
    let text = std::fs::read_to_string(&path).expect("the example can be read");
    match load(&Source { name, text: &text }) {
        Ok(loaded) => {
            assert_eq!(loaded.warnings, [], "{name}");
            loaded.workflow
        }
        Err(faults) => panic!("{}", faults.render(name)),
    }
}

#[test]
fn every_example_loads() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let name = entry
            .expect("an entry")
            .file_name()
            .into_string()
            .expect("a plain name");
        if [".json", ".yaml", ".yml"]
            .iter()
            .any(|end| name.ends_with(end))
        {
            example(&name);
            seen += 1;
        }
    }

    assert!(seen >= 4, "{seen}");
}

#[test]
fn the_documents_of_the_seed_keep_their_shape() {
    let update = example("interactive-system-update.json");

    let ids: Vec<String> = update.step_rows().into_iter().map(|row| row.id).collect();
    assert_eq!(
        ids,
        [
            "update-package-list",
            "user-approval",
            "upgrade-packages",
            "reboot-confirmation",
            "reboot-servers"
        ]
    );
}

#[test]
fn a_workflow_can_be_shared_between_threads() {
    fn shared<T: Send + Sync + 'static>(_: &T) {}

    shared(&example("interactive-update.yaml"));
}
