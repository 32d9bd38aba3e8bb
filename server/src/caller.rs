//! Where a request comes from.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap};

use crate::portal::Portal;
use crate::storage::audit::AddressKind;

/// The address that asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The connection's or, where the settings trust a header, the last one in it, which our own proxy has written.
    pub address: IpAddr,
    /// Whether that header named it.
    named: bool,
}

impl Caller {
    /// Who sent a request with these headers, by the settings of this portal.
    pub fn of(portal: &Portal, headers: &HeaderMap, extensions: &Extensions) -> Self {
        let connection = extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| *address);
        Self::by(portal.config.look_up.address_header.as_deref(), headers, connection)
    }

    pub(crate) fn by(header: Option<&str>, headers: &HeaderMap, connection: Option<SocketAddr>) -> Self {
        let named = header.and_then(|name| headers.get_all(name).iter().next_back()).and_then(|value| {
            // What stands before the last comma is anyone's, and need not even be text.
            let last = std::str::from_utf8(value.as_bytes().rsplit(|byte| *byte == b',').next()?).ok()?.trim();
            last.parse::<IpAddr>().or_else(|_| last.parse().map(|address: SocketAddr| address.ip())).ok()
        });
        let connected = connection.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |connection| connection.ip());
        Self { address: named.unwrap_or(connected), named: named.is_some() }
    }

    /// By which address its posts and sign-ins are counted. None where that would count everyone together: a connection
    /// from this machine is that of a proxy which the settings do not trust to name addresses.
    pub fn counted(&self) -> Option<IpAddr> {
        (self.named || !self.address.to_canonical().is_loopback()).then(|| whose(self.address))
    }

    /// What the audit keeps of it.
    pub fn kind(&self) -> AddressKind {
        match self.address.to_canonical() {
            address if address.is_loopback() || address.is_unspecified() => AddressKind::ThisMachine,
            IpAddr::V4(address) if address.is_private() || address.is_link_local() => AddressKind::Private,
            IpAddr::V6(address) if address.is_unique_local() || address.is_unicast_link_local() => AddressKind::Private,
            _ => AddressKind::Public,
        }
    }
}

/// An address stands for whoever can choose it: of IPv6, everyone has at least a whole network of 64 bits.
pub(crate) fn whose(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6((u128::from(address) & !u128::from(u64::MAX)).into()),
        address => address,
    }
}

impl FromRequestParts<Arc<Portal>> for Caller {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, portal: &Arc<Portal>) -> Result<Self, Infallible> {
        Ok(Self::of(portal, &parts.headers, &parts.extensions))
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    fn connected(address: &str) -> Caller {
        Caller::by(None, &HeaderMap::new(), Some(SocketAddr::new(ip(address), 4000)))
    }

    #[test]
    fn a_network_of_version_six_is_one_address() {
        assert_eq!(whose(ip("2001:db8:1:2::1")), whose(ip("2001:db8:1:2:ffff::2")));
        assert_ne!(whose(ip("2001:db8:1:2::1")), whose(ip("2001:db8:1:3::1")));
        assert_eq!(whose(ip("::ffff:192.0.2.1")), ip("192.0.2.1"));
    }

    #[test]
    fn a_header_counts_only_where_it_is_trusted_and_only_its_last_entry() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "198.51.100.7, 203.0.113.9".parse().expect("a value"));
        let connection = Some("192.0.2.1:4000".parse().expect("an address"));
        let address = |header, headers: &HeaderMap| Caller::by(header, headers, connection).address;
        assert_eq!(address(None, &headers), ip("192.0.2.1"));
        assert_eq!(address(Some("x-forwarded-for"), &headers), ip("203.0.113.9"));
        let anyones = HeaderValue::from_bytes(b"\xff, 203.0.113.9").expect("a value");
        headers.insert("x-forwarded-for", anyones);
        assert_eq!(address(Some("x-forwarded-for"), &headers), ip("203.0.113.9"), "whatever stands before it");
        headers.append("x-forwarded-for", "nonsense".parse().expect("a value"));
        assert_eq!(address(Some("x-forwarded-for"), &headers), ip("192.0.2.1"));
    }

    #[test]
    fn everyone_behind_a_proxy_that_names_nobody_is_not_counted_as_one() {
        assert_eq!(connected("127.0.0.1").counted(), None);
        assert_eq!(connected("::1").counted(), None);
        assert_eq!(connected("192.0.2.1").counted(), Some(ip("192.0.2.1")));
        let mut headers = HeaderMap::new();
        headers.insert("x-real-ip", "127.0.0.2".parse().expect("a value"));
        let named = Caller::by(Some("x-real-ip"), &headers, None);
        assert_eq!(named.counted(), Some(ip("127.0.0.2")), "what was named is counted");
    }

    #[test]
    fn of_an_address_only_its_kind_is_kept() {
        for (address, kind) in [
            ("127.0.0.1", AddressKind::ThisMachine),
            ("::1", AddressKind::ThisMachine),
            ("10.1.2.3", AddressKind::Private),
            ("192.168.0.1", AddressKind::Private),
            ("::ffff:172.16.0.1", AddressKind::Private),
            ("fd00::1", AddressKind::Private),
            ("203.0.113.9", AddressKind::Public),
            ("2001:db8::1", AddressKind::Public),
        ] {
            assert_eq!(connected(address).kind(), kind, "{address}");
        }
    }
}
