//! Sessions: how long they hold.

use credit::filing::Instant;

use crate::storage::Session;

const MINUTE: i64 = 60 * 1000;

/// A session unused for this long has ended.
pub const IDLE_MS: i64 = 30 * MINUTE;
/// A session ends this long after it was opened, used or not.
pub const ABSOLUTE_MS: i64 = 12 * 60 * MINUTE;
/// A use is noted when the last note is this old, so that reading a page does not write each time.
pub const TOUCH_MS: i64 = MINUTE;
/// A sign-in at the provider may take this long; answers parked for it are kept as long.
pub const SIGN_IN_MS: i64 = 60 * MINUTE;

/// The cookie of a session.
pub const SESSION_COOKIE: &str = "session";
/// The cookie of a browser that is signing in.
pub const SIGN_IN_COOKIE: &str = "sign-in";

impl Session {
    /// Whether it still holds.
    pub fn holds(&self, now: Instant) -> bool {
        // One of the future was opened by a clock that was ahead; it must not hold until that time has come.
        (-IDLE_MS..IDLE_MS).contains(&(now - self.seen_at)) && (-IDLE_MS..ABSOLUTE_MS).contains(&(now - self.opened_at))
    }

    /// Whether its use is to be noted.
    pub fn wants_touch(&self, now: Instant) -> bool {
        now - self.seen_at >= TOUCH_MS
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::Person;

    #[test]
    fn a_session_holds_while_it_is_used_and_not_when_a_wrong_clock_opened_it() {
        let person = Person { subject: "1".into(), name: "王芳".into(), capacities: Vec::new() };
        let session = |opened_at, seen_at| Session {
            token_hash: String::new(),
            person: person.clone(),
            enterprise: None,
            id_token: String::new(),
            authenticated_at: opened_at,
            opened_at,
            seen_at,
        };
        let now = 400 * ABSOLUTE_MS;
        assert!(session(now - ABSOLUTE_MS + 1, now - IDLE_MS + 1).holds(now));
        assert!(session(now + 5 * MINUTE, now + 5 * MINUTE).holds(now), "two clocks are never quite the same");
        for (opened_at, seen_at) in [(now, now - IDLE_MS), (now - ABSOLUTE_MS, now), (now + ABSOLUTE_MS, now + ABSOLUTE_MS)] {
            assert!(!session(opened_at, seen_at).holds(now));
        }
    }
}
