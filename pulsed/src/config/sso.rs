//! Checking whom to believe when they say who somebody is.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;

use super::{Secret, Sso, check::Checking, fault::Fault};

/// The shortest secret of a proxy.
const SECRET_LENGTH: usize = 32;

impl Checking<'_> {
    pub(super) fn sso(&mut self) -> Option<Sso> {
        let path = "sso.trusted_proxies";
        let proxies = self.networks(path);
        if proxies.is_empty() {
            self.sso_without_proxies();
            return None;
        }
        let secret = self.proxy_secret();
        let own: [IpAddr; 2] = [Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()];
        let is_own = |net: &IpNet| own.iter().any(|address| net.contains(address));
        if secret.is_none() && proxies.iter().any(is_own) {
            let message = "trusts this host, where every process could claim to be anybody";
            let hint = "give the proxy a secret: `proxy_secret_file:` under `sso:`";
            self.faults
                .push(Fault::new(self.place(path), message).hint(hint));
        }
        let sso = Sso {
            trusted_proxies: proxies,
            proxy_secret: secret,
            login_url: self.login_url(),
            admin_groups: self.list("sso.admin_groups"),
            operator_groups: self.list("sso.operator_groups"),
            viewer_groups: self.list("sso.viewer_groups"),
        };
        Some(sso)
    }

    fn sso_without_proxies(&mut self) {
        for path in ["sso.proxy_secret", "sso.login_url"] {
            if self.settings.find(path).is_some() {
                self.fault(path, "says nothing without sso.trusted_proxies");
            }
        }
    }

    /// Addresses and networks.
    pub(super) fn networks(&mut self, path: &str) -> Vec<IpNet> {
        let mut nets = Vec::new();
        for word in self.list(path) {
            let address = word.parse::<IpAddr>().map(IpNet::from);
            if let Ok(net) = address.or_else(|_| word.parse::<IpNet>()) {
                nets.push(net);
                continue;
            }
            let message =
                format!("`{word}` is neither an address nor a network such as 10.0.0.0/8");
            self.fault(path, &message);
        }
        nets
    }

    fn proxy_secret(&mut self) -> Option<Secret> {
        let path = "sso.proxy_secret";
        let text = self.text(path)?.to_owned();
        let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic());
        if text.len() < SECRET_LENGTH || !is_plain {
            self.fault(
                path,
                "must be 32 or more printable characters; try `openssl rand -hex 32`",
            );
        }
        Some(Secret::new(text))
    }

    fn login_url(&mut self) -> Option<String> {
        let path = "sso.login_url";
        let url = self.text(path)?.to_owned();
        let is_web = url.starts_with("https://") || url.starts_with("http://");
        if !is_web || !url.bytes().all(|byte| byte.is_ascii_graphic()) {
            self.fault(path, "must be an https:// URL");
        }
        Some(url)
    }

    /// Words separated by commas.
    fn list(&self, path: &str) -> Vec<String> {
        let text = self.text(path).unwrap_or_default();
        let words = text
            .split(',')
            .map(str::trim)
            .filter(|word| !word.is_empty());
        words.map(str::to_owned).collect()
    }
}
