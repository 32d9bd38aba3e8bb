//! Opening a key with its PIN, and waiting after wrong ones. Each key counts for itself: whoever mistypes one PIN keeps nobody
//! else on the same device from signing.
//!
//! The counting is for people at the device. Who takes a copy of its storage counts nothing, and meets the two wrappings.

use web_sys::js_sys::Date;

use super::key_box::{self, Number};
use super::key_store::{self, Resting};
use super::{Outcome, Trouble};

/// The fewest characters of a PIN.
const SHORTEST_PIN: usize = 6;
/// From this wrong PIN in a row on, there is a wait.
const PATIENT: u32 = 3;
/// The first wait, in seconds; each further one is twice as long.
const FIRST_WAIT: u32 = 30;
/// So often it doubles: at most 64 minutes.
const DOUBLINGS: u32 = 7;

/// A PIN as it is chosen.
pub(super) fn chosen(pin: String, again: &str) -> Outcome<String> {
    match pin.chars().count() {
        0 => Err(Trouble::NoPin),
        length if length < SHORTEST_PIN => Err(Trouble::ShortPin),
        _ if pin != again => Err(Trouble::PinsDiffer),
        _ => Ok(pin),
    }
}

/// The first key of these ids that is on this device, opened.
pub(super) async fn unlocked(ids: &str, pin: &str) -> Outcome<(String, Number)> {
    if pin.is_empty() {
        return Err(Trouble::NoPin);
    }
    for id in ids.split(' ') {
        if let Some(key) = key_store::find(id).await? {
            return Ok((id.to_owned(), unlock(id, key, pin).await?));
        }
    }
    Err(Trouble::NoKey)
}

async fn unlock(id: &str, mut key: Resting, pin: &str) -> Outcome<Number> {
    let now = Date::now();
    // A clock that was ahead when the wait began would make it endless: it is never longer than this many failures earn, from now on.
    let earned = key.failures.checked_sub(PATIENT).map_or(0.0, |further| f64::from(FIRST_WAIT << further.min(DOUBLINGS)) * 1000.0);
    if key.not_before > now + earned {
        key.not_before = now + earned;
        key_store::keep(id, &key).await?;
    }
    if key.not_before > now {
        return Err(Trouble::Wait(((key.not_before - now) / 1000.0).ceil() as u32));
    }
    // Counted before it is tried: a page that is closed in between gains nothing.
    key.failures += 1;
    let wait = key.failures.checked_sub(PATIENT).map(|further| FIRST_WAIT << further.min(DOUBLINGS));
    key.not_before = wait.map_or(0.0, |wait| now + f64::from(wait) * 1000.0);
    key_store::keep(id, &key).await?;
    let Some(number) = key_box::open(&key.sealed, pin, id).await? else {
        return Err(wait.map_or(Trouble::WrongPin, Trouble::Wait));
    };
    (key.failures, key.not_before) = (0, 0.0);
    key_store::keep(id, &key).await?;
    Ok(number)
}

/// Seals a number with a PIN and keeps it here.
pub(super) async fn keep(id: &str, number: &Number, pin: &str) -> Outcome<()> {
    let sealed = key_box::seal(number, pin, id).await?;
    key_store::keep(id, &Resting { sealed, failures: 0, not_before: 0.0 }).await?;
    key_store::ask_to_stay();
    Ok(())
}
