//! Which addresses may be asked: public ones, by `http` or `https`, without a password.
//!
//! Documents are written by anyone and checked inside of networks. An address is checked where it is written (this
//! file) and, when it holds a name, where the name is looked up for the connection ([`super::names`]), so that no
//! second look-up can give another answer. What a NAT64 prefix of one's own network stands for cannot be known.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;
use std::time::Duration;

use url::{Host, Url};

use super::names::{self, NameFault, Names};
use super::settings::Settings;
use super::{Purpose, fault};
use crate::source::{Refusal, Why};

/// Addresses of the public ranges that answer with secrets of the machine: the host agent of Azure.
/// source: <https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16>
const METADATA: [Ipv4Addr; 1] = [Ipv4Addr::new(168, 63, 129, 16)];

/// Decides before each request.
pub(super) struct Guard {
    allow_private: bool,
    trusted: BTreeSet<String>,
    /// Names are looked up here only where a proxy connects: otherwise the connection checks them.
    behind_proxy: Option<(Arc<dyn Names>, String, Duration)>,
}

/// An address that may be asked as far as its writing goes.
pub(super) fn parse(text: &str) -> Result<Url, Refusal> {
    Url::parse(text).map_err(|error| Refusal {
        why: Why::Unreadable,
        status: None,
        detail: format!("the address cannot be read: {error}"),
    })
}

/// Whether the settings let a question go to a private address.
pub(super) fn is_exempt(
    url: &Url,
    purpose: Purpose,
    allow_private: bool,
    trusted: &BTreeSet<String>,
) -> bool {
    allow_private
        || (purpose == Purpose::Service && trusted.contains(&url.origin().ascii_serialization()))
}

impl Guard {
    pub(super) fn new(settings: &Settings, names: Arc<dyn Names>) -> Self {
        Self {
            allow_private: settings.allow_private,
            trusted: settings.trusted.clone(),
            behind_proxy: settings.proxy.as_ref().map(|_| {
                (
                    names,
                    settings.control_host.clone(),
                    settings.limits.connect,
                )
            }),
        }
    }

    /// Refuses what must not be asked.
    pub(super) async fn admit(&self, url: &Url, purpose: Purpose) -> Result<(), Refusal> {
        if !matches!(url.scheme(), "http" | "https") {
            let text = format!("only http and https are asked, not {}", url.scheme());
            return Err(fault::refusal(Why::NoService, url, &text));
        }
        if !url.username().is_empty() || url.password().is_some() {
            let text = "the address holds a user name or password; take it out";
            return Err(fault::refusal(Why::Private, url, text));
        }
        if is_exempt(url, purpose, self.allow_private, &self.trusted) {
            return Ok(());
        }
        match url.host() {
            Some(Host::Ipv4(address)) => admit_literal(address.into(), url),
            Some(Host::Ipv6(address)) => admit_literal(address.into(), url),
            Some(Host::Domain(name)) => self.admit_name(name, url).await,
            None => Err(fault::refusal(
                Why::Unreadable,
                url,
                "the address has no host",
            )),
        }
    }

    async fn admit_name(&self, name: &str, url: &Url) -> Result<(), Refusal> {
        let Some((names, control, patience)) = &self.behind_proxy else {
            return Ok(());
        };
        let found = tokio::time::timeout(*patience, names::public(&**names, name, control)).await;
        match found {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(fault)) => Err(fault::of_name(&fault, url)),
            Err(_) => Err(fault::of_name(
                &NameFault::Failed("no answer in time".into()),
                url,
            )),
        }
    }
}

fn admit_literal(address: IpAddr, url: &Url) -> Result<(), Refusal> {
    if is_public(address) {
        Ok(())
    } else {
        Err(fault::of_name(&NameFault::Private(address), url))
    }
}

/// Whether an address is one of the public network.
/// source: the special-purpose registries of IANA, RFC 6890 and its updates.
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(v4: Ipv4Addr) -> bool {
    let [a, b, c, _] = v4.octets();
    let special = v4.is_private()
        || v4.is_loopback()
        || v4.is_link_local()
        || v4.is_documentation()
        || a == 0
        || a >= 224 // multicast, reserved, broadcast
        || (a == 100 && (64..128).contains(&b)) // carrier NAT, RFC 6598
        || (a == 198 && (b == 18 || b == 19)) // benchmarks, RFC 2544
        || (a == 192 && b == 0 && c == 0) // protocol assignments
        || (a == 192 && b == 88 && c == 99); // relays of 6to4
    !special && !METADATA.contains(&v4)
}

fn is_public_v6(v6: Ipv6Addr) -> bool {
    let embedded = |high: u16, low: u16| {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match v6.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low] // mapped
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low] // NAT64, RFC 6052
        | [0x2002, high, low, ..] => embedded(high, low), // 6to4
        [0x2001, second, ..] if second < 0x200 || second == 0xdb8 => false, // Teredo, ORCHID, documentation
        [0x3fff, second, ..] if second < 0x1000 => false, // documentation, RFC 9637
        [first, ..] => first & 0xe000 == 0x2000, // the only range that is given out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, expected: bool) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let guard = Guard::new(&Settings::default(), Arc::new(names::SystemNames));
        let admitted = parse(url)
            .and_then(|url| runtime.block_on(guard.admit(&url, Purpose::Page)))
            .is_ok();
        assert_eq!(admitted, expected, "{url}");
    }

    #[test]
    fn public_addresses_are_admitted() {
        for url in [
            "https://example.org/a?b",
            "http://9.9.9.9/",
            "http://[2620:fe::fe]/",
            "http://[64:ff9b::9.9.9.9]/",
            "http://172.32.0.1/",
            "http://100.128.0.1/",
        ] {
            check(url, true);
        }
    }

    #[test]
    fn addresses_that_are_not_public_are_refused() {
        for host in [
            "127.0.0.1",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "168.63.129.16",
            "100.64.0.1",
            "100.100.100.200",
            "192.0.0.192",
            "192.0.2.1",
            "198.18.0.1",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "255.255.255.255",
            "[::]",
            "[::1]",
            "[fe80::1]",
            "[fec0::1]",
            "[fd00:ec2::254]",
            "[ff02::1]",
            "[2001:db8::1]",
            "[2001::1]",
            "[3fff::1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:a9fe:a9fe]",
            "[::127.0.0.1]",
            "[64:ff9b::10.0.0.1]",
            "[64:ff9b:1::9.9.9.9]",
            "[2002:7f00:1::]",
            "[2002:a9fe:a9fe::1]",
        ] {
            check(&format!("http://{host}/"), false);
        }
    }

    #[test]
    fn odd_notations_of_an_address_are_read_as_the_connection_reads_them() {
        for host in [
            "2130706433",
            "0x7f.1",
            "0x7f000001",
            "0177.0.0.1",
            "127.1",
            "127.0.0.1.",
            "127.0.0.1",
            "①②⑦.0.0.1",
            "%31%32%37.0.0.1",
        ] {
            check(&format!("http://{host}/"), false);
        }
    }

    #[test]
    fn other_schemes_and_passwords_are_refused() {
        for url in [
            "file:///etc/passwd",
            "ftp://example.org/",
            "gopher://example.org/",
            "data:text/plain,x",
            "http://name:word@example.org/",
            "http://name@example.org/",
            "not an address",
            "http://",
        ] {
            check(url, false);
        }
    }

    #[test]
    fn an_origin_is_trusted_for_services_alone() {
        let trusted = BTreeSet::from(["http://127.0.0.1:8080".to_owned()]);
        let exempt =
            |url: &str, purpose| is_exempt(&Url::parse(url).unwrap(), purpose, false, &trusted);
        assert!(exempt("http://127.0.0.1:8080/works", Purpose::Service));
        assert!(!exempt("http://127.0.0.1:8080/works", Purpose::Page));
        assert!(!exempt("http://127.0.0.1:8080/robots.txt", Purpose::Robots));
        assert!(!exempt("http://127.0.0.1:8081/works", Purpose::Service));
        assert!(!exempt("https://127.0.0.1:8080/works", Purpose::Service));
    }
}
