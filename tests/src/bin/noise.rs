//! Writes as many bytes of noise to stdout as its argument says.

use std::io;

use pulse_tests::noise::Noise;

fn main() -> anyhow::Result<()> {
    let bytes = std::env::args().nth(1).unwrap_or_default().parse()?;
    Noise::default().write(io::stdout().lock(), bytes)?;
    Ok(())
}
