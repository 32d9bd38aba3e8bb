//! Where notices are sent by e-mail. An address counts once a link that was sent there has been followed: so nobody can have
//! somebody else's mailbox told.

use std::sync::Arc;

use app::pages::notice_settings::{AddressEntry, Confirmation, JustDone, NoticeSettings, confirmation, notice_settings};
use app::wording::news::AddressFault;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use lettre::Address;
use serde::Deserialize;

use super::answer::{Answer, Refusal, page, see_other};
use crate::caller::Caller;
use crate::portal::Portal;
use crate::storage::audit::Deed;
use crate::storage::mails::{AddressEntered, MOST_ADDRESSES, NewAddress};
use crate::token::{fresh_token, token_hash};
use crate::trail;
use crate::visitor::{Acting, Visitor};

/// The longest address that a mail server need take (RFC 5321).
const LONGEST: usize = 254;

/// What has just been done.
#[derive(Deserialize)]
pub struct Done {
    done: Option<String>,
}

/// `GET /notices/settings`
pub async fn show(State(portal): State<Arc<Portal>>, acting: Acting, Query(done): Query<Done>) -> Answer {
    let done = match done.done.as_deref() {
        Some("link") => Some(JustDone::LinkSent),
        Some("removed") => Some(JustDone::Removed),
        _ => None,
    };
    settings_page(&portal, &acting, None, done).await
}

async fn settings_page(portal: &Portal, acting: &Acting, wrong: Option<(String, AddressFault)>, done: Option<JustDone>) -> Answer {
    let addresses = portal.storage.mail_addresses(acting.code()).await?;
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let settings = NoticeSettings {
        mail: portal.config.mail.is_some(),
        addresses: addresses
            .into_iter()
            .map(|address| AddressEntry { id: address.id, address: address.address, confirmed: address.confirmed })
            .collect(),
        wrong,
        done,
    };
    Ok(page(&acting.frame, status, |lang| notice_settings(settings, lang)))
}

/// An address that was typed.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    address: String,
}

/// `POST /notices/settings`: enters an address. What is wrong is said at the field, with what was typed: the address is no
/// part of any address on the web.
pub async fn enter(State(portal): State<Arc<Portal>>, caller: Caller, acting: Acting, Form(typed): Form<Typed>) -> Answer {
    if portal.config.mail.is_none() {
        return Err(Refusal::NotFound);
    }
    let fault = match checked(&typed.address) {
        Err(fault) => fault,
        Ok(address) => {
            let new = NewAddress {
                enterprise: acting.capacity.enterprise.clone(),
                address,
                lang: acting.frame.lang.tag().to_owned(),
                token: fresh_token(),
                at: portal.clock.now(),
            };
            trail::acted(&portal, caller, &acting, Deed::NoticeAddressEntered, "").await?;
            match portal.storage.enter_address(&new).await? {
                AddressEntered::LinkSent => {
                    portal.mailer.notify_one();
                    return Ok(see_other("/notices/settings?done=link"));
                }
                AddressEntered::Confirmed => AddressFault::Already,
                AddressEntered::TooMany => AddressFault::TooMany(MOST_ADDRESSES),
                AddressEntered::TooOften => AddressFault::TooOften,
            }
        }
    };
    settings_page(&portal, &acting, Some((typed.address, fault)), None).await
}

/// An address in normal form: of one width, without spaces around it, the host in small letters.
fn checked(typed: &str) -> Result<String, AddressFault> {
    let text = normal_width(typed);
    if text.is_empty() {
        return Err(AddressFault::Missing);
    }
    let address: Address = text.parse().map_err(|_| AddressFault::NotAnAddress)?;
    // A host without a dot is a machine next door, not a mailbox of an enterprise.
    let dotted = address.domain().contains('.') && !address.domain().starts_with('[');
    if !dotted || text.len() > LONGEST || !text.is_ascii() {
        return Err(AddressFault::NotAnAddress);
    }
    Ok(format!("{}@{}", address.user(), address.domain().to_ascii_lowercase()))
}

/// Full-width characters, as Chinese input methods make them, become the usual ones; nothing else changes.
fn normal_width(typed: &str) -> String {
    let half = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '。' => '.',
        c => c,
    };
    typed.chars().map(half).collect::<String>().trim().to_owned()
}

/// Which address.
#[derive(Deserialize)]
pub struct Which {
    id: String,
}

/// `POST /notices/settings/removal`
pub async fn remove(State(portal): State<Arc<Portal>>, caller: Caller, acting: Acting, Form(which): Form<Which>) -> Answer {
    trail::acted(&portal, caller, &acting, Deed::NoticeAddressRemoved, &which.id).await?;
    // That it was not there (any more) is what was wanted.
    portal.storage.remove_address(acting.code(), &which.id).await?;
    Ok(see_other("/notices/settings?done=removed"))
}

/// The link's token.
#[derive(Deserialize)]
pub struct Link {
    #[serde(default)]
    token: String,
}

/// `GET /notices/confirmation`: where the link in the mail leads. Whoever has it need not sign in: it proves that the
/// mailbox is theirs.
pub async fn ask_confirmation(State(portal): State<Arc<Portal>>, visitor: Visitor, Query(link): Query<Link>) -> Answer {
    let awaiting = portal.storage.awaiting_address(&token_hash(&link.token), portal.clock.now()).await?;
    Ok(match awaiting {
        Some((address, enterprise)) => {
            let asks = Confirmation::Asks { token: link.token, address, enterprise };
            page(&visitor.frame, StatusCode::OK, |lang| confirmation(asks, lang))
        }
        None => page(&visitor.frame, StatusCode::NOT_FOUND, |lang| confirmation(Confirmation::Gone, lang)),
    })
}

/// `POST /notices/confirmation`
pub async fn confirm(State(portal): State<Arc<Portal>>, caller: Caller, visitor: Visitor, Form(link): Form<Link>) -> Answer {
    let confirmed = portal.storage.confirm_address(&token_hash(&link.token), portal.clock.now()).await?;
    if confirmed {
        trail::nobody(&portal, caller, Deed::NoticeAddressConfirmed, None).await;
    }
    Ok(if confirmed {
        page(&visitor.frame, StatusCode::OK, |lang| confirmation(Confirmation::Done, lang))
    } else {
        page(&visitor.frame, StatusCode::NOT_FOUND, |lang| confirmation(Confirmation::Gone, lang))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_people_type_it() {
        for typed in ["a.b+c@Example.com", " a.b+c@example.com ", "ａ.ｂ＋ｃ＠ｅｘａｍｐｌｅ。ｃｏｍ", "a.b+c@EXAMPLE.COM\u{3000}"]
        {
            assert_eq!(checked(typed).as_deref(), Ok("a.b+c@example.com"), "{typed}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        assert_eq!(checked(" "), Err(AddressFault::Missing));
        let long = format!("{}@example.com", "a".repeat(250));
        for typed in ["a", "a@", "@b.cn", "a@b", "a b@c.cn", "a@b.cn\r\nBcc: c@d.cn", "a@b.cn,c@d.cn", "a@[127.0.0.1]", &long] {
            assert_eq!(checked(typed), Err(AddressFault::NotAnAddress), "{typed}");
        }
    }
}
