//! The virus scanner, `[scanner]`. Without it nothing is scanned, and files open at once.

use std::path::PathBuf;

use serde::Deserialize;

/// Where the scanner is.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScannerSettings {
    /// `HOST:PORT`, or the path of a socket on this machine. What is sent there travels as it is: a host other than this one
    /// must be in the operator's own network.
    pub address: String,
}

/// What the address names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScannerPlace {
    /// Host and port.
    Tcp(String),
    /// A socket on this machine.
    Socket(PathBuf),
}

impl ScannerSettings {
    /// What the address names. Nothing is asked of the scanner yet.
    ///
    /// # Errors
    /// A sentence that says what an address looks like.
    pub fn place(&self) -> Result<ScannerPlace, String> {
        let address = &self.address;
        if address.starts_with('/') {
            return Ok(ScannerPlace::Socket(address.into()));
        }
        let host_and_port = address.rsplit_once(':').and_then(|(host, port)| Some((host, port.parse::<u16>().ok()?)));
        match host_and_port {
            Some((host, 1..)) if is_host(host) => Ok(ScannerPlace::Tcp(address.clone())),
            _ => Err(format!(
                "scanner.address is {address:?}: it must be clamd's host and port, such as 127.0.0.1:3310, or the whole path of \
                 its socket, such as /run/clamav/clamd.ctl."
            )),
        }
    }
}

/// A name, an IPv4 address, or an IPv6 address in brackets.
fn is_host(host: &str) -> bool {
    match host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(inner) => inner.parse::<std::net::Ipv6Addr>().is_ok(),
        None => !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(address: &str) -> Result<ScannerPlace, String> {
        ScannerSettings { address: address.to_owned() }.place()
    }

    #[test]
    fn a_host_with_its_port_and_the_path_of_a_socket_are_addresses() {
        for address in ["127.0.0.1:3310", "clamav.internal:3310", "[::1]:3310", "clam_av-2:1"] {
            assert_eq!(place(address), Ok(ScannerPlace::Tcp(address.to_owned())));
        }
        assert_eq!(place("/run/clamav/clamd.ctl"), Ok(ScannerPlace::Socket("/run/clamav/clamd.ctl".into())));
    }

    #[test]
    fn anything_else_is_said_to_be_none_with_what_is_allowed() {
        for address in
            ["", "127.0.0.1", ":3310", "localhost:0", "localhost:x", "tcp://localhost:3310", "::1:3310", "clamd.ctl", "a b:1"]
        {
            let wrong = place(address).expect_err(address);
            assert!(wrong.contains("scanner.address") && wrong.contains("127.0.0.1:3310"), "{wrong}");
        }
    }
}
