//! Whether a host answers an echo request, sent without a privilege.

use std::{
    io,
    net::{IpAddr, SocketAddr, UdpSocket as Socket},
    time::Duration,
};

use pulse_api::probe::IcmpProbe;
use rustix::io::Errno;
use socket2::{Domain, Protocol, Type};
use tokio::{
    net::UdpSocket,
    time::{Instant, timeout_at},
};

use super::{fault::Fault, look::Look};

/// A request that got lost is sent again after this.
const AGAIN: Duration = Duration::from_secs(1);
const CONTENT: &[u8] = b"pulse-agent";

pub(super) async fn look(look: &Look, probe: &IcmpProbe) -> Result<String, Fault> {
    let mut fault = None;
    for address in look.resolve(&probe.host).await? {
        match open(address) {
            Ok(socket) => return echo(look, (&socket, address)).await,
            Err(new) => fault = Some(new.or(fault)),
        }
    }
    let nowhere = || Fault::Failed(format!("the name `{}` leads nowhere", probe.host));
    Err(fault.unwrap_or_else(nowhere))
}

/// A socket that the kernel lets say nothing but echo requests.
fn open(address: IpAddr) -> Result<UdpSocket, Fault> {
    let (domain, protocol) = match address {
        IpAddr::V4(_) => (Domain::IPV4, Protocol::ICMPV4),
        IpAddr::V6(_) => (Domain::IPV6, Protocol::ICMPV6),
    };
    let socket = socket2::Socket::new(domain, Type::DGRAM, Some(protocol)).map_err(|error| {
        let refused = [Errno::ACCESS, Errno::PERM];
        if Errno::from_io_error(&error).is_some_and(|errno| refused.contains(&errno)) {
            Fault::unable(
                "this host lets the agent send no echo requests: set the sysctl net.ipv4.ping_group_range to a range with the agent's group, such as `0 2147483647`",
            )
        } else {
            Fault::of("no socket for echo requests", &error)
        }
    })?;
    let connected = socket
        .connect(&SocketAddr::new(address, 0).into())
        .and_then(|()| socket.set_nonblocking(true))
        .and_then(|()| UdpSocket::from_std(Socket::from(socket)));
    connected.map_err(|error| Fault::of(&address.to_string(), &error))
}

async fn echo(look: &Look, (socket, address): (&UdpSocket, IpAddr)) -> Result<String, Fault> {
    let what = address.to_string();
    for number in 1_u16.. {
        let request = request(address, number);
        look.in_time(&what, socket.send(&request)).await?;
        let until = look.deadline.min(Instant::now() + AGAIN);
        match timeout_at(until, answer(socket, address)).await {
            Ok(answer) => answer.map_err(|error| Fault::of(&what, &error))?,
            Err(_) if until < look.deadline => continue,
            Err(_) => return Err(look.silence(&what)),
        }
        return Ok(format!("{address} answers"));
    }
    Err(look.silence(&what))
}

/// The kernel fills in what tells this socket's requests from others, and the checksum.
fn request(address: IpAddr, number: u16) -> Vec<u8> {
    let kind = if address.is_ipv4() { 8 } else { 128 };
    let mut request = vec![kind, 0, 0, 0, 0, 0];
    request.extend_from_slice(&number.to_be_bytes());
    request.extend_from_slice(CONTENT);
    request
}

/// An answer to any of the requests: the kernel gives this socket no others.
async fn answer(socket: &UdpSocket, address: IpAddr) -> io::Result<()> {
    let kind = if address.is_ipv4() { 0 } else { 129 };
    let mut answer = [0; 64];
    loop {
        let length = socket.recv(&mut answer).await?;
        if length >= 8 && answer[0] == kind {
            return Ok(());
        }
    }
}
