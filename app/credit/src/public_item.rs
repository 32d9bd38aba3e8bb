//! When a registered item is shown to everyone, and until when.
//!
//! Three must agree: the platform found it true (wholly or partly), the platform publishes it, and the enterprise authorised
//! its publication in the pledge. And its last day must not be past.

use chrono::NaiveDate;

use crate::date::parse_date;
use crate::filing::{Decision, Happening, Instant, Publication, Standing, State, Verification};
use crate::form::FormKind;
use crate::pledge::{Pledge, Purpose};
use crate::registration::{Content, Terms, last_day};

/// What of a filing decides whether it is public.
#[derive(Clone, Copy, Debug)]
pub struct Registered<'a> {
    /// Which form.
    pub kind: FormKind,
    /// What was filed.
    pub content: &'a Content,
    /// What was pledged and authorised with it.
    pub pledge: &'a Pledge,
    /// Where it stands.
    pub standing: &'a Standing,
}

/// An item that is public until its last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicItem {
    /// How far the platform found it to be true.
    pub verification: Verification,
    /// When it found that.
    pub verified_at: Instant,
    /// When its publication began.
    pub published_at: Instant,
    /// The last day on which it is shown, the day in Shanghai; none: it has no end.
    pub last_day: Option<NaiveDate>,
}

impl PublicItem {
    /// Whether it is shown on this day.
    pub fn is_shown_on(&self, today: NaiveDate) -> bool {
        self.last_day.is_none_or(|last| today <= last)
    }
}

/// The public item that a filing is, if it is one. `history` is everything that happened to it, oldest first.
///
/// The last day is the earlier one of the platform's and of [`last_day`]. A day of the platform's that cannot be read shows
/// nothing: showing it for ever would be worse.
pub fn public_item(
    filing: Registered<'_>,
    history: impl IntoIterator<Item = (Instant, Happening)>,
    terms: Terms,
) -> Option<PublicItem> {
    let State::Decided(Decision::Granted { verification, .. }) = filing.standing.state else { return None };
    let Publication::Published { until } = &filing.standing.publication else { return None };
    if !filing.pledge.purposes.contains(&Purpose::Publish) {
        return None;
    }
    let until = match until {
        Some(day) => Some(parse_date(day).ok()?),
        None => None,
    };
    let own = last_day(filing.kind, filing.content, terms);
    let (mut verified_at, mut published_at) = (None, None);
    for (at, happening) in history {
        match happening {
            Happening::Decided(_) => verified_at = Some(at),
            // A new last day does not begin it anew.
            Happening::Published { .. } => published_at = published_at.or(Some(at)),
            Happening::PublicationStopped { .. } => published_at = None,
            _ => {}
        }
    }
    Some(PublicItem {
        verification,
        verified_at: verified_at?,
        published_at: published_at?,
        last_day: match (until, own) {
            (Some(until), Some(own)) => Some(until.min(own)),
            (until, own) => until.or(own),
        },
    })
}
