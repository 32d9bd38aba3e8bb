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
        now - self.seen_at < IDLE_MS && now - self.opened_at < ABSOLUTE_MS
    }

    /// Whether its use is to be noted.
    pub fn wants_touch(&self, now: Instant) -> bool {
        now - self.seen_at >= TOUCH_MS
    }
}
