//! ClamAV's daemon, in its own protocol: a content goes there piece by piece (`INSTREAM`), and one line comes back.
//!
//! It refuses what is larger than its `StreamMaxLength`, 100 MB unless it is set otherwise; no content here is larger than 20 MB.

use std::time::Duration;

use async_trait::async_trait;
use clamav_client::PONG;
use clamav_client::tokio::{Socket, Tcp, ping, scan_stream};

use super::{Scanner, Trouble};
use crate::attachments::contents::Content;
use crate::config::ScannerPlace;
use crate::storage::scans::Verdict;

/// The largest piece that is sent at once.
const PIECE: usize = 64 * 1024;
/// A sign of life takes at most this long.
const PING: Duration = Duration::from_secs(5);
/// So many characters of an unknown answer are told.
const TOLD: usize = 200;

/// ClamAV's daemon.
#[derive(Clone, Debug)]
pub struct Clamd {
    place: ScannerPlace,
}

impl Clamd {
    /// The daemon there. Nothing is asked of it yet; each scan has a connection of its own.
    pub fn at(place: ScannerPlace) -> Self {
        Self { place }
    }
}

#[async_trait]
impl Scanner for Clamd {
    async fn scan(&self, content: Content) -> Result<Verdict, Trouble> {
        let answered = match &self.place {
            ScannerPlace::Tcp(address) => scan_stream(content, Tcp { host_address: address }, Some(PIECE)).await,
            ScannerPlace::Socket(path) => scan_stream(content, Socket { socket_path: path }, Some(PIECE)).await,
        };
        verdict(&answered.map_err(|error| Trouble(format!("the content was not sent whole: {error}")))?)
    }

    async fn check(&self) -> Result<(), Trouble> {
        let asked = async {
            match &self.place {
                ScannerPlace::Tcp(address) => ping(Tcp { host_address: address }).await,
                ScannerPlace::Socket(path) => ping(Socket { socket_path: path }).await,
            }
        };
        match tokio::time::timeout(PING, asked).await {
            Ok(Ok(answer)) if answer == PONG => Ok(()),
            Ok(Ok(answer)) => Err(strange(&answer)),
            Ok(Err(error)) => Err(Trouble(error.to_string())),
            Err(_) => Err(Trouble("no answer in time".into())),
        }
    }
}

/// What an answer says. Only a whole line that is known counts: a line that broke off says nothing.
fn verdict(answer: &[u8]) -> Result<Verdict, Trouble> {
    let line =
        std::str::from_utf8(answer).ok().and_then(|line| line.strip_suffix('\0')).and_then(|line| line.strip_prefix("stream: "));
    match line {
        Some("OK") => Ok(Verdict::Clean),
        Some(line) => match line.strip_suffix(" FOUND") {
            Some(signature) => Ok(Verdict::Infected(signature.to_owned())),
            None => Err(strange(answer)),
        },
        None => Err(strange(answer)),
    }
}

fn strange(answer: &[u8]) -> Trouble {
    let told: String = String::from_utf8_lossy(answer).chars().filter(|c| !c.is_control()).take(TOLD).collect();
    Trouble(if told.is_empty() { "the scanner gave no answer".into() } else { format!("the scanner answered: {told}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_line_that_is_known_is_a_verdict() {
        assert_eq!(verdict(b"stream: OK\0"), Ok(Verdict::Clean));
        let found = Verdict::Infected("Win.Test.EICAR_HDB-1".into());
        assert_eq!(verdict(b"stream: Win.Test.EICAR_HDB-1 FOUND\0"), Ok(found));
        for none in [
            &b""[..],
            b"stream: OK",
            b"stream: O",
            b"OK\0",
            b"stream: Win.OK FOU\0",
            b"INSTREAM size limit exceeded. ERROR\0",
            b"stream: Can't allocate memory ERROR\0",
            b"stream: \xff FOUND\0",
        ] {
            verdict(none).expect_err("no verdict");
        }
    }

    #[test]
    fn an_answer_that_is_none_is_told_in_one_short_line() {
        let Trouble(told) = verdict(format!("stream: a\nb{} ERROR\0", "c".repeat(999)).as_bytes()).expect_err("no verdict");
        assert!(told.contains("stream: ab") && told.chars().count() < 300, "{told}");
        assert_eq!(verdict(b""), Err(Trouble("the scanner gave no answer".into())));
    }
}
