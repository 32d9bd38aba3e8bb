//! Who did what for whom.

use credit::credit_code::CreditCode;
use futures_util::future::join_all;
use server::storage::audit::{Actor, AddressKind, Deed, MOST_REFUSED_SIGN_INS, NewEntry};
use server::storage::operations::OperatorDeed;

use crate::places::Store;
use crate::samples::{MINUTE, NOON, enterprise, filed};

fn entry(at: i64, deed: Deed, enterprise: Option<&CreditCode>) -> NewEntry {
    NewEntry {
        at,
        actor: Actor::Person("subject-1".to_owned()),
        deed,
        enterprise: enterprise.cloned(),
        about: "key-1".to_owned(),
        reason: None,
        address: Some(AddressKind::Private),
    }
}

pub async fn what_was_done_comes_back_in_its_order_and_by_enterprise(store: Store) {
    let (ours, theirs) = (enterprise().code, enterprise().code);
    let entries = [
        entry(NOON, Deed::SessionOpened, Some(&ours)),
        entry(NOON, Deed::KeyEnrolled, Some(&ours)),
        entry(NOON + 1, Deed::SessionOpened, Some(&theirs)),
        NewEntry { actor: Actor::Nobody, address: None, reason: Some("too_old"), ..entry(NOON + 2, Deed::SignInRefused, None) },
        NewEntry { actor: Actor::Operator("值班员".to_owned()), ..entry(NOON + 3, Deed::StoreMigrated, None) },
    ];
    for entry in &entries {
        store.enter_deed(entry).await.unwrap();
    }
    let all = store.audit(0, None, 10).await.unwrap();
    assert_eq!(all.len(), entries.len());
    for (line, entry) in all.iter().zip(&entries) {
        assert_eq!((line.at, &line.actor, line.deed.as_str()), (entry.at, &entry.actor, entry.deed.name()));
        assert_eq!(line.enterprise.as_deref(), entry.enterprise.as_ref().map(CreditCode::as_str));
        assert_eq!((line.about.as_str(), line.reason.as_deref(), line.address), ("key-1", entry.reason, entry.address));
    }
    assert_eq!(store.audit(NOON, Some(&ours), 10).await.unwrap(), all[..2]);
    assert_eq!(store.audit(NOON + 2, None, 10).await.unwrap(), all[3..]);
    assert_eq!(store.audit(0, None, 2).await.unwrap(), all[3..], "the newest, the oldest of them first");
}

pub async fn what_the_operator_did_to_a_row_stands_among_the_rest(store: Store) {
    let filing = filed(&store, &enterprise()).await;
    let park = OperatorDeed::Park { reason: "the platform asked us to".to_owned() };
    store.operate(&filing.id, &park, "赵敏", NOON + MINUTE).await.unwrap();
    let line = store.audit(0, None, 10).await.unwrap().remove(0);
    assert_eq!(
        (line.actor, line.deed.as_str(), line.about.as_str()),
        (Actor::Operator("赵敏".to_owned()), "outbox.park", &*filing.id)
    );
}

pub async fn what_is_older_than_is_to_be_kept_goes(store: Store) {
    for at in 0..5 {
        store.enter_deed(&entry(NOON + at, Deed::SessionOpened, None)).await.unwrap();
    }
    assert_eq!(store.prune_audit(NOON + 3, 2).await.unwrap(), 2);
    assert_eq!(store.prune_audit(NOON + 3, 2).await.unwrap(), 1);
    assert_eq!(store.prune_audit(NOON + 3, 2).await.unwrap(), 0);
    assert_eq!(store.audit(0, None, 10).await.unwrap().iter().map(|line| line.at).collect::<Vec<_>>(), [NOON + 3, NOON + 4]);
}

pub async fn refused_sign_ins_do_not_fill_the_store(store: Store) {
    store.enter_deed(&entry(NOON, Deed::SessionOpened, None)).await.unwrap();
    for batch in 0..11 {
        let refused: Vec<_> = (0..100).map(|n| entry(NOON + batch * 100 + n, Deed::SignInRefused, None)).collect();
        join_all(refused.iter().map(|entry| store.enter_deed(entry))).await.into_iter().for_each(|entered| entered.unwrap());
    }
    store.enter_deed(&entry(NOON + 2000, Deed::SignInRefused, None)).await.unwrap();
    let all = store.audit(0, None, 5000).await.unwrap();
    let refused = all.iter().filter(|line| line.deed == Deed::SignInRefused.name()).count();
    assert_eq!(i64::try_from(refused).unwrap(), MOST_REFUSED_SIGN_INS);
    assert_eq!(all[0].deed, Deed::SessionOpened.name(), "and nothing else makes room for them");
}
