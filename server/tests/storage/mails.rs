//! Addresses for notices, and mails: born with the notice, sent once, given up visibly.

use credit::enterprise::Enterprise;
use credit::news::News;
use server::storage::mails::{
    AddressEntered, DueMail, LINK_MS, Letter, MOST_ADDRESSES, MOST_REQUESTS, MailFigures, MailSettlement, NewAddress,
};
use server::token::token_hash;

use crate::places::Store;
use crate::samples::{MINUTE, NOON, enterprise, event, filed, id, returned, review_began};

const DAY: i64 = 24 * 60 * MINUTE;

fn entered(enterprise: &Enterprise, address: &str, token: &str, at: i64) -> NewAddress {
    NewAddress { enterprise: enterprise.clone(), address: address.into(), lang: "zh-CN".into(), token: token.into(), at }
}

async fn confirmed(store: &Store, enterprise: &Enterprise, address: &str) {
    let token = id();
    assert_eq!(store.enter_address(&entered(enterprise, address, &token, NOON)).await.unwrap(), AddressEntered::LinkSent);
    assert!(store.confirm_address(&token_hash(&token), NOON + MINUTE).await.unwrap());
    for mail in due(store, NOON + MINUTE).await {
        assert!(store.settle_mail(&mail, &MailSettlement::Sent).await.unwrap());
    }
}

async fn due(store: &Store, now: i64) -> Vec<DueMail> {
    store.claim_mails(now, now + MINUTE, 100).await.unwrap()
}

pub async fn an_address_counts_once_its_link_was_followed(store: Store) {
    let own = enterprise();
    assert_eq!(store.mail_addresses(&own.code).await.unwrap(), []);
    store.enter_address(&entered(&own, "a@example.com", "token", NOON)).await.unwrap();
    let address = store.mail_addresses(&own.code).await.unwrap().remove(0);
    assert_eq!((address.address.as_str(), address.confirmed, address.requested_at), ("a@example.com", false, NOON));
    let mails = due(&store, NOON).await;
    assert_eq!(mails.len(), 1);
    assert_eq!((mails[0].address.as_str(), &mails[0].enterprise_name), ("a@example.com", &own.name));
    assert_eq!(mails[0].letter, Letter::Link { token: "token".into() });
    // Before, it is told nothing.
    returned(&store, &own).await;
    assert_eq!(due(&store, NOON + 30 * MINUTE).await.len(), 1, "only the link, whose lease has ended");
    assert_eq!(store.awaiting_address(&token_hash("other"), NOON).await.unwrap(), None);
    let awaiting = store.awaiting_address(&token_hash("token"), NOON + LINK_MS - 1).await.unwrap();
    assert_eq!(awaiting, Some(("a@example.com".into(), own.name.clone())));
    assert_eq!(store.awaiting_address(&token_hash("token"), NOON + LINK_MS).await.unwrap(), None);
    assert!(!store.confirm_address(&token_hash("token"), NOON + LINK_MS).await.unwrap(), "too late");
    assert!(store.confirm_address(&token_hash("token"), NOON + MINUTE).await.unwrap());
    assert!(!store.confirm_address(&token_hash("token"), NOON + MINUTE).await.unwrap(), "once");
    assert!(store.mail_addresses(&own.code).await.unwrap()[0].confirmed);
    let again = store.enter_address(&entered(&own, "a@example.com", "new", NOON)).await.unwrap();
    assert_eq!(again, AddressEntered::Confirmed);
}

pub async fn a_second_link_takes_the_place_of_the_first(store: Store) {
    let own = enterprise();
    store.enter_address(&entered(&own, "a@example.com", "first", NOON)).await.unwrap();
    store.enter_address(&entered(&own, "a@example.com", "second", NOON + MINUTE)).await.unwrap();
    let mails = due(&store, NOON + MINUTE).await;
    assert_eq!(mails.iter().map(|mail| mail.letter.clone()).collect::<Vec<_>>(), [Letter::Link { token: "second".into() }]);
    assert!(!store.confirm_address(&token_hash("first"), NOON + MINUTE).await.unwrap());
    assert!(store.confirm_address(&token_hash("second"), NOON + MINUTE).await.unwrap());
    assert_eq!(store.mail_addresses(&own.code).await.unwrap().len(), 1);
}

pub async fn addresses_and_links_are_limited(store: Store) {
    let own = enterprise();
    for n in 0..MOST_ADDRESSES {
        let new = entered(&own, &format!("{n}@example.com"), &id(), NOON);
        assert_eq!(store.enter_address(&new).await.unwrap(), AddressEntered::LinkSent);
    }
    let one_more = entered(&own, "more@example.com", &id(), NOON);
    assert_eq!(store.enter_address(&one_more).await.unwrap(), AddressEntered::TooMany);
    for n in MOST_ADDRESSES..MOST_REQUESTS {
        // Removing it first does not help against the limit of a day.
        let old = store.mail_addresses(&own.code).await.unwrap().remove(0);
        assert!(store.remove_address(&own.code, &old.id).await.unwrap());
        let new = entered(&own, &format!("{n}@example.com"), &id(), NOON);
        assert_eq!(store.enter_address(&new).await.unwrap(), AddressEntered::LinkSent, "{n}");
    }
    let again = |at| entered(&own, "9@example.com", "again", at);
    assert_eq!(store.enter_address(&again(NOON)).await.unwrap(), AddressEntered::TooOften);
    assert_eq!(store.enter_address(&again(NOON + DAY)).await.unwrap(), AddressEntered::LinkSent);
    let others = enterprise();
    assert_eq!(store.enter_address(&entered(&others, "x@example.com", &id(), NOON)).await.unwrap(), AddressEntered::LinkSent);
}

pub async fn a_notice_goes_to_every_confirmed_address_of_its_enterprise(store: Store) {
    let (own, other) = (enterprise(), enterprise());
    confirmed(&store, &own, "a@example.com").await;
    confirmed(&store, &own, "b@example.com").await;
    confirmed(&store, &other, "c@example.com").await;
    store.enter_address(&entered(&own, "d@example.com", &id(), NOON)).await.unwrap();
    for mail in due(&store, NOON + 2 * MINUTE).await {
        store.settle_mail(&mail, &MailSettlement::Sent).await.unwrap();
    }
    let filing = returned(&store, &own).await;
    let mails = due(&store, NOON + 20 * MINUTE).await;
    let mut to: Vec<&str> = mails.iter().map(|mail| mail.address.as_str()).collect();
    to.sort_unstable();
    assert_eq!(to, ["a@example.com", "b@example.com"]);
    let letter =
        Letter::News { news: News::Returned, kind: filing.kind, filing_id: filing.id.clone(), reference: filing.reference.clone() };
    assert!(mails.iter().all(|mail| mail.letter == letter));
    // A stranger removes nothing; and what was removed gets nothing.
    let addresses = store.mail_addresses(&own.code).await.unwrap();
    assert!(!store.remove_address(&other.code, &addresses[0].id).await.unwrap());
    assert!(store.remove_address(&own.code, &addresses[0].id).await.unwrap());
    assert_eq!(due(&store, NOON + 30 * MINUTE).await.len(), 1);
}

pub async fn a_mail_is_given_out_once_until_its_lease_ends(store: Store) {
    let own = enterprise();
    confirmed(&store, &own, "a@example.com").await;
    returned(&store, &own).await;
    assert_eq!(store.next_mail_at().await.unwrap(), Some(NOON + 20 * MINUTE));
    let first = due(&store, NOON + 20 * MINUTE).await.remove(0);
    assert_eq!(store.next_mail_at().await.unwrap(), Some(NOON + 21 * MINUTE));
    assert_eq!(due(&store, NOON + 20 * MINUTE).await, []);
    let second = due(&store, NOON + 21 * MINUTE).await.remove(0);
    assert!(!store.settle_mail(&first, &MailSettlement::Sent).await.unwrap(), "its lease was lost");
    assert!(store.settle_mail(&second, &MailSettlement::Sent).await.unwrap());
    assert_eq!(store.next_mail_at().await.unwrap(), None);
}

pub async fn mails_that_do_not_go_are_counted_until_they_are_given_up(store: Store) {
    let own = enterprise();
    confirmed(&store, &own, "a@example.com").await;
    assert_eq!(store.mail_figures().await.unwrap(), MailFigures::default());
    let filing = filed(&store, &own).await;
    store.apply_event(&event(&filing.id, review_began())).await.unwrap();
    let mail = due(&store, NOON + 20 * MINUTE).await.remove(0);
    let later = MailSettlement::Later { at: NOON + 60 * MINUTE, problem: "no connection".into() };
    assert!(store.settle_mail(&mail, &later).await.unwrap());
    let figures = store.mail_figures().await.unwrap();
    assert_eq!((figures.waiting, figures.oldest_waiting_at, figures.failed), (1, Some(NOON + 20 * MINUTE), 0));
    assert_eq!(figures.last_problem.as_deref(), Some("no connection"));
    assert_eq!(due(&store, NOON + 59 * MINUTE).await, []);
    let mail = due(&store, NOON + 60 * MINUTE).await.remove(0);
    assert_eq!(mail.attempts, 1);
    assert!(store.settle_mail(&mail, &MailSettlement::Failed { problem: "the server answered 550".into() }).await.unwrap());
    let figures = store.mail_figures().await.unwrap();
    assert_eq!((figures.waiting, figures.oldest_waiting_at, figures.failed), (0, None, 1));
    assert_eq!(figures.last_problem.as_deref(), Some("the server answered 550"));
    assert_eq!(due(&store, NOON + 90 * DAY).await, []);
}

pub async fn mails_that_were_settled_are_taken_out_after_a_while(store: Store) {
    let own = enterprise();
    confirmed(&store, &own, "a@example.com").await;
    returned(&store, &own).await;
    let waiting = due(&store, NOON + 30 * MINUTE).await;
    assert_eq!(waiting.len(), 1);
    // The link was sent; the notice is still on its way.
    assert_eq!(store.prune_mails(NOON + DAY, 10).await.unwrap(), 1);
    assert!(store.settle_mail(&waiting[0], &MailSettlement::Sent).await.unwrap());
    assert_eq!(store.prune_mails(NOON, 10).await.unwrap(), 0, "not before its time");
    assert_eq!(store.prune_mails(NOON + DAY, 10).await.unwrap(), 1);
}
