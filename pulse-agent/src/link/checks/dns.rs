//! Whether a name leads somewhere, as the resolver of this host says.

use std::net::IpAddr;

use pulse_api::probe::DnsProbe;

use super::{fault::Fault, look::Look};

pub(super) async fn look(look: &Look, probe: &DnsProbe) -> Result<String, Fault> {
    let found = look.resolve(&probe.name).await?;
    let listed: Vec<String> = found.iter().map(IpAddr::to_string).collect();
    let told = format!("`{}` leads to {}", probe.name, listed.join(", "));
    let Some(wanted) = &probe.address else {
        return Ok(told);
    };
    let address: IpAddr = wanted
        .parse()
        .map_err(|_| Fault::Unable(format!("`{wanted}` is not an address")))?;
    if found.contains(&address) {
        Ok(told)
    } else {
        Err(Fault::Failed(format!("{told}, not to {address}")))
    }
}
