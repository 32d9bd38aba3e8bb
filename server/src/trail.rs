//! Entering into the audit what people do. It is entered before it is done, where it opens, changes or ends something of worth to
//! others: nothing such is done that is not in it, and an entry whose deed the store then refused is possible.

use credit::credit_code::CreditCode;

use crate::caller::Caller;
use crate::portal::Portal;
use crate::storage::audit::{Actor, Deed, NewEntry};
use crate::storage::{Person, Stored};
use crate::visitor::Acting;

/// Enters what somebody does who acts for an enterprise.
///
/// # Errors
/// When it cannot be entered; then it is not to be done.
pub async fn acted(portal: &Portal, caller: Caller, acting: &Acting, deed: Deed, about: &str) -> Stored<()> {
    person(portal, caller, &acting.session.person, deed, Some(acting.code()), about).await
}

/// Enters what a person does, for an enterprise or for none.
///
/// # Errors
/// When it cannot be entered; then it is not to be done.
pub async fn person(
    portal: &Portal,
    caller: Caller,
    person: &Person,
    deed: Deed,
    enterprise: Option<&CreditCode>,
    about: &str,
) -> Stored<()> {
    let entry = NewEntry {
        at: portal.clock.now(),
        actor: Actor::Person(person.subject.clone()),
        deed,
        enterprise: enterprise.cloned(),
        about: about.to_owned(),
        reason: None,
        address: Some(caller.kind()),
    };
    portal.storage.enter_deed(&entry).await
}

/// Enters what was done by somebody of whom nothing is known: a refused sign-in, and why; a link from a mail that was followed.
/// That it cannot be entered changes nothing any more.
pub async fn nobody(portal: &Portal, caller: Caller, deed: Deed, reason: Option<&'static str>) {
    let entry = NewEntry {
        at: portal.clock.now(),
        actor: Actor::Nobody,
        deed,
        enterprise: None,
        about: String::new(),
        reason,
        address: Some(caller.kind()),
    };
    told(portal.storage.enter_deed(&entry).await);
}

/// For what was done already, or must be done in any case: says in the log that it could not be entered.
pub fn told(entered: Stored<()>) {
    if let Err(error) = entered {
        tracing::error!(error.message = %error, "audit.not_entered");
    }
}
