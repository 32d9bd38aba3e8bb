//! Which server takes writes: the one of a `postgres://` address, or one of several, of which the others stand by.
//!
//! As libpq has it (<https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-MULTIPLE-HOSTS>):
//! `postgres://USER:PASSWORD@ONE:5432,OTHER:5432/NAME?target_session_attrs=read-write`. The driver knows one host only.

use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool};
use sqlx::{ConnectOptions, Connection};
use url::Url;

use super::lines;
use crate::storage::{StorageError, Stored};

/// How often to ask the server whether it still takes writes.
const LOOK: Duration = Duration::from_secs(1);
/// Between two rounds through all servers, while none takes writes.
const AGAIN: Duration = Duration::from_millis(300);
/// The question: neither a standby nor set to refuse writes.
const TAKES_WRITES: &str = "SELECT NOT pg_is_in_recovery() AND current_setting('default_transaction_read_only') = 'off'";

/// One server or several; never none.
#[derive(Clone, Debug)]
pub struct Hosts(Vec<PgConnectOptions>);

impl FromStr for Hosts {
    type Err = StorageError;

    fn from_str(address: &str) -> Stored<Self> {
        each_host(address).iter().map(|address| one(address)).collect::<Stored<_>>().map(Self)
    }
}

impl Hosts {
    /// Whether there is more than one.
    pub fn are_several(&self) -> bool {
        self.0.len() > 1
    }

    /// Looks through them in their order for one that takes writes. Each has so long to answer.
    ///
    /// # Errors
    /// If none does: what the last one said.
    pub async fn find(&self, patience: Duration) -> Stored<(PgConnectOptions, PgConnection)> {
        let mut last = StorageError::Unavailable("it takes no writes".to_owned());
        for options in &self.0 {
            let answer = tokio::time::timeout(patience, async {
                let mut connection = options.connect().await?;
                let writes = !self.are_several() || takes_writes(&mut connection).await?;
                Ok::<_, StorageError>(writes.then_some(connection))
            });
            match answer.await {
                Ok(Ok(Some(connection))) => return Ok((options.clone(), connection)),
                Ok(Ok(None)) => {}
                Ok(Err(error)) => last = error,
                Err(_) => last = StorageError::Unavailable("no answer within the time limit".to_owned()),
            }
        }
        Err(last)
    }

    /// Has the pool connect to the one that takes writes, whichever that is, for ever.
    pub async fn lead(self, pool: PgPool, patience: Duration) {
        let mut told = false;
        loop {
            match self.find(patience).await {
                Ok((options, mut connection)) => {
                    tracing::info!(server.address = options.get_host(), server.port = options.get_port(), "store.server_found");
                    pool.set_connect_options(options);
                    told = false;
                    while let Ok(Ok(true)) = tokio::time::timeout(patience, takes_writes(&mut connection)).await {
                        tokio::time::sleep(LOOK).await;
                    }
                    tracing::warn!("store.server_lost");
                    let _ = connection.close_hard().await;
                    lines::let_go(&pool);
                }
                Err(error) => {
                    if !told {
                        tracing::warn!(error.message = %error, "store.no_server_takes_writes");
                        told = true;
                    }
                    tokio::time::sleep(AGAIN).await;
                }
            }
        }
    }
}

/// Whether this server takes writes.
pub async fn takes_writes(connection: &mut PgConnection) -> sqlx::Result<bool> {
    sqlx::query_scalar(TAKES_WRITES).fetch_one(connection).await
}

/// The address once for each host that it names.
fn each_host(address: &str) -> Vec<String> {
    let Some((scheme, rest)) = address.split_once("://") else { return vec![address.to_owned()] };
    let (authority, place) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let (user, hosts) = match authority.rsplit_once('@') {
        Some((user, hosts)) => (format!("{user}@"), hosts),
        None => (String::new(), authority),
    };
    hosts.split(',').map(|host| format!("{scheme}://{user}{host}{place}")).collect()
}

/// What this program says of an address must not show the password in it.
fn one(address: &str) -> Stored<PgConnectOptions> {
    let wrong = |what: String| StorageError::Unavailable(format!("database is no address that is understood: {what}"));
    let mut url = Url::parse(address).map_err(|error| wrong(error.to_string()))?;
    let (sessions, others): (Vec<(String, String)>, Vec<_>) =
        url.query_pairs().into_owned().partition(|(name, _)| name == "target_session_attrs");
    // Writing is all that a portal wants; so of several hosts it is always the one that writes.
    if let Some((_, other)) = sessions.iter().find(|(_, value)| !matches!(value.as_str(), "any" | "primary" | "read-write")) {
        return Err(wrong(format!("target_session_attrs is {other}: it must be read-write (or primary, or any)")));
    }
    if others.is_empty() {
        url.set_query(None);
    } else {
        url.query_pairs_mut().clear().extend_pairs(others);
    }
    Ok(PgConnectOptions::from_str(url.as_str())?.application_name("chengxin"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(address: &str) -> Vec<(String, u16, Option<String>)> {
        let read: Hosts = address.parse().expect(address);
        let each = read.0.iter();
        each.map(|host| (host.get_host().to_owned(), host.get_port(), host.get_database().map(str::to_owned))).collect()
    }

    #[test]
    fn an_address_names_one_host_or_several() {
        let named = |host: &str, port| (host.to_owned(), port, Some("chengxin".to_owned()));
        assert_eq!(hosts("postgres://a:p%2F@one/chengxin"), [named("one", 5432)]);
        let several =
            hosts("postgresql://a:p@one,127.0.0.1:5433,[::1]:5434/chengxin?target_session_attrs=read-write&sslmode=disable");
        assert_eq!(several, [named("one", 5432), named("127.0.0.1", 5433), named("[::1]", 5434)]);
    }

    #[test]
    fn an_address_that_is_not_understood_is_named_without_its_password() {
        for address in ["postgres://a:hush@one,two/x?target_session_attrs=standby", "postgres://a:hush@one:port/x"] {
            let wrong = address.parse::<Hosts>().expect_err(address).to_string();
            assert!(wrong.contains("database") && !wrong.contains("hush"), "{wrong}");
        }
    }
}
