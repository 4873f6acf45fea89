//! Keeps the shared PostgreSQL cluster for as long as some test uses it.

use std::path::Path;

use pulse_tests::cluster;

fn main() -> anyhow::Result<()> {
    let folder = std::env::args().nth(1).unwrap_or_default();
    cluster::keep(Path::new(&folder))
}
