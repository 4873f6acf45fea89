//! Whether a port accepts connections.

use pulse_api::probe::TcpProbe;

use super::{fault::Fault, look::Look};

pub(super) async fn look(look: &Look, probe: &TcpProbe) -> Result<String, Fault> {
    let stream = look.connect(&probe.host, probe.port).await?;
    Ok(stream.peer_addr().map_or_else(
        |_| "it accepts connections".to_owned(),
        |peer| format!("{peer} accepts connections"),
    ))
}
