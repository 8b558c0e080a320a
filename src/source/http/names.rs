//! Host names to addresses, by the system's resolver, so that names of a local hosts file or of a VPN hold here, too.
//!
//! The system tells "no such name" from "could not ask" by a text alone, and some systems not at all. So a name is
//! missing only where the text says so and another name, which surely exists, can be looked up at the same time.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::guard;

/// What a resolver says, some time later.
pub(super) type Found<'a> = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send + 'a>>;

/// A resolver; tests have their own.
pub(super) trait Names: Send + Sync {
    /// The addresses of a host.
    fn look_up<'a>(&'a self, host: &'a str) -> Found<'a>;
}

/// The resolver of the system.
pub(super) struct SystemNames;

impl Names for SystemNames {
    fn look_up<'a>(&'a self, host: &'a str) -> Found<'a> {
        Box::pin(async move {
            let found = tokio::net::lookup_host((host, 0)).await?;
            Ok(found.map(|socket| socket.ip()).collect())
        })
    }
}

/// Why a name gives no address to connect to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum NameFault {
    #[error("no host of this name exists")]
    NoSuchHost,
    #[error("no name can be looked up from here")]
    Offline,
    #[error("the name of the host could not be looked up: {0}")]
    Failed(String),
    #[error("{0} is not an address of the public network; --allow-private lets it be asked")]
    Private(IpAddr),
}

/// The addresses of a host.
async fn any(names: &dyn Names, host: &str, control: &str) -> Result<Vec<IpAddr>, NameFault> {
    match names.look_up(host).await {
        Ok(found) if found.is_empty() => Err(NameFault::Failed("it has no address".into())),
        Ok(found) => Ok(found),
        Err(_) if names.look_up(control).await.is_err() => Err(NameFault::Offline),
        Err(error) if says_no_such_name(&error) => Err(NameFault::NoSuchHost),
        Err(error) => Err(NameFault::Failed(error.to_string())),
    }
}

/// Its public addresses.
pub(super) async fn public(
    names: &dyn Names,
    host: &str,
    control: &str,
) -> Result<Vec<IpAddr>, NameFault> {
    let (public, other): (Vec<IpAddr>, Vec<IpAddr>) = any(names, host, control)
        .await?
        .into_iter()
        .partition(|address| guard::is_public(*address));
    match other.first() {
        Some(address) if public.is_empty() => Err(NameFault::Private(*address)),
        _ => Ok(public),
    }
}

/// Texts of `EAI_NONAME`: glibc, musl, BSD and macOS; and the number of Windows for it.
fn says_no_such_name(error: &io::Error) -> bool {
    const WSAHOST_NOT_FOUND: i32 = 11_001;
    let text = error.to_string();
    error.raw_os_error() == Some(WSAHOST_NOT_FOUND)
        || [
            "Name or service not known",
            "Name does not resolve",
            "nodename nor servname provided",
        ]
        .iter()
        .any(|known| text.contains(known))
}

/// A resolver for the connections of reqwest: what it returns is what is connected to.
pub(super) struct Resolver {
    pub(super) names: Arc<dyn Names>,
    pub(super) control: String,
    pub(super) only_public: bool,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (names, control) = (Arc::clone(&self.names), self.control.clone());
        let only_public = self.only_public;
        Box::pin(async move {
            let found = if only_public {
                public(&*names, name.as_str(), &control).await?
            } else {
                any(&*names, name.as_str(), &control).await?
            };
            let sockets = found.into_iter().map(|address| SocketAddr::new(address, 0));
            let addresses: Addrs = Box::new(sockets);
            Ok(addresses)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Answers by the name asked for.
    struct Written;

    impl Names for Written {
        fn look_up<'a>(&'a self, host: &'a str) -> Found<'a> {
            let addresses = |texts: &[&str]| Ok(texts.iter().map(|t| t.parse().unwrap()).collect());
            let error = |text: &str| Err(io::Error::other(text.to_owned()));
            let found = match host {
                "public" | "control" => addresses(&["9.9.9.9"]),
                "mixed" => addresses(&["10.0.0.1", "9.9.9.9", "::1"]),
                "inside" => addresses(&["10.0.0.1", "fd00::1"]),
                "empty" => addresses(&[]),
                "missing" => {
                    error("failed to lookup address information: Name or service not known")
                }
                "failing" => error(
                    "failed to lookup address information: Temporary failure in name resolution",
                ),
                _ => error("unreachable"),
            };
            Box::pin(std::future::ready(found))
        }
    }

    fn check(host: &str, control: &str, expected: Result<&[&str], NameFault>) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let found = runtime.block_on(public(&Written, host, control));
        let expected: Result<Vec<IpAddr>, NameFault> =
            expected.map(|texts| texts.iter().map(|text| text.parse().unwrap()).collect());
        assert_eq!(found, expected, "{host}");
    }

    #[test]
    fn only_public_addresses_of_a_name_are_connected_to() {
        check("public", "control", Ok(&["9.9.9.9"]));
        check("mixed", "control", Ok(&["9.9.9.9"]));
        check(
            "inside",
            "control",
            Err(NameFault::Private([10, 0, 0, 1].into())),
        );
    }

    #[test]
    fn a_name_is_missing_only_where_others_are_found() {
        check("missing", "control", Err(NameFault::NoSuchHost));
        check("missing", "failing", Err(NameFault::Offline));
    }

    #[test]
    fn a_resolver_that_fails_says_nothing_of_the_name() {
        let text = "failed to lookup address information: Temporary failure in name resolution";
        check("failing", "control", Err(NameFault::Failed(text.into())));
        check("failing", "failing", Err(NameFault::Offline));
        check(
            "empty",
            "control",
            Err(NameFault::Failed("it has no address".into())),
        );
    }
}
