//! Signing keys and their enrolment.

use credit::enterprise::Enterprise;
use credit::person::Role;
use credit::signing::{Enrolment, RevocationReason, SecretKey};
use futures_util::future::join_all;
use server::storage::receipts::Signing;
use server::storage::signing_keys::{ENROLMENT_MS, Enrolling, EnrolmentBegun, Revocation, SigningKey};
use server::storage::{Acceptance, FiledBy};

use crate::places::Store;
use crate::samples::{MINUTE, NOON, enterprise, file_ids, filing_of, id};

fn person(subject: &str) -> FiledBy {
    FiledBy { subject: subject.to_owned(), name: "江大海".to_owned(), role: Role::LegalRepresentative }
}

fn begun(enterprise: &Enterprise) -> EnrolmentBegun {
    EnrolmentBegun {
        id: id(),
        enterprise: enterprise.clone(),
        person: person("subject-1"),
        challenge: "R2tqv0m0Vb8m6mVq3m1r4A0o8h2c9mJ0Z1s5q7x3y4E".to_owned(),
        authenticated_at: NOON - MINUTE,
        begun_at: NOON,
    }
}

/// A key that no other has been.
fn secret() -> SecretKey {
    let mut bytes = [7; 32];
    bytes[..16].copy_from_slice(uuid::Uuid::now_v7().as_bytes());
    SecretKey::from_bytes(&bytes).unwrap()
}

fn key(begun: &EnrolmentBegun, secret: &SecretKey) -> SigningKey {
    let person = (begun.person.name.as_str(), begun.person.role);
    let challenge = (begun.id.as_str(), begun.challenge.as_str());
    let enrolment = Enrolment::new(person, &begun.enterprise, &secret.public(), challenge, begun.begun_at).unwrap().text();
    SigningKey {
        id: begun.id.clone(),
        enterprise: begun.enterprise.clone(),
        person: begun.person.clone(),
        label: "办公室电脑".to_owned(),
        public: secret.public(),
        signature: secret.sign(enrolment.as_bytes(), &[0; 32]),
        enrolment,
        salt: [9; 32],
        authenticated_at: begun.authenticated_at,
        enrolled_at: begun.begun_at + MINUTE,
        revoked: None,
    }
}

async fn enrolled(store: &Store, begun: &EnrolmentBegun) -> SigningKey {
    store.begin_enrolment(begun).await.unwrap();
    let key = key(begun, &secret());
    assert_eq!(store.enrol(&key).await.unwrap(), Enrolling::Enrolled);
    key
}

pub async fn a_key_is_enrolled_once_and_comes_back_as_it_is(store: Store) {
    let begun = begun(&enterprise());
    let key = key(&begun, &secret());
    assert_eq!(store.enrol(&key).await.unwrap(), Enrolling::Gone, "nothing was begun");
    store.begin_enrolment(&begun).await.unwrap();
    let found = store.enrolment(&begun.id, &begun.enterprise.code, "subject-1", NOON + MINUTE).await.unwrap();
    assert_eq!(found, Some(begun.clone()));
    assert_eq!(store.key(&begun.id).await.unwrap(), None);
    assert_eq!(store.enrol(&key).await.unwrap(), Enrolling::Enrolled);
    assert_eq!(store.key(&begun.id).await.unwrap(), Some(key.clone()));
    // The same again, and the same enrolment with another key.
    assert_eq!(store.enrol(&key).await.unwrap(), Enrolling::Gone);
    assert_eq!(store.enrol(&self::key(&begun, &secret())).await.unwrap(), Enrolling::Gone);
    assert_eq!(store.enrolment(&begun.id, &begun.enterprise.code, "subject-1", NOON + MINUTE).await.unwrap(), None);
    assert_eq!(store.key(&begun.id).await.unwrap(), Some(key));
}

pub async fn an_enrolment_is_for_its_person_and_enterprise_and_ten_minutes(store: Store) {
    let begun = begun(&enterprise());
    store.begin_enrolment(&begun).await.unwrap();
    let find = async |code, subject, now| store.enrolment(&begun.id, code, subject, now).await.unwrap();
    let own = &begun.enterprise.code;
    let other = enterprise().code;
    assert_eq!(find(&other, "subject-1", NOON).await, None);
    assert_eq!(find(own, "subject-2", NOON).await, None);
    assert_eq!(find(own, "subject-1", NOON + ENROLMENT_MS + 1).await, None);
    assert!(find(own, "subject-1", NOON + ENROLMENT_MS).await.is_some());
    let key = key(&begun, &secret());
    let strange = SigningKey { person: person("subject-2"), ..key.clone() };
    assert_eq!(store.enrol(&strange).await.unwrap(), Enrolling::Gone);
    let strange = SigningKey { enterprise: enterprise(), ..key.clone() };
    assert_eq!(store.enrol(&strange).await.unwrap(), Enrolling::Gone);
    let late = SigningKey { enrolled_at: NOON + ENROLMENT_MS + 1, ..key.clone() };
    assert_eq!(store.enrol(&late).await.unwrap(), Enrolling::Gone);
    assert_eq!(store.enrol(&key).await.unwrap(), Enrolling::Gone, "it was used up");
    // What is too old goes when another begins.
    let old = self::begun(&enterprise());
    store.begin_enrolment(&old).await.unwrap();
    let next = EnrolmentBegun { begun_at: NOON + ENROLMENT_MS + 1, ..self::begun(&enterprise()) };
    store.begin_enrolment(&next).await.unwrap();
    assert_eq!(store.enrolment(&old.id, &old.enterprise.code, "subject-1", NOON).await.unwrap(), None);
}

pub async fn of_many_enrolments_at_once_one_is_the_key(store: Store) {
    let begun = begun(&enterprise());
    store.begin_enrolment(&begun).await.unwrap();
    let keys: Vec<SigningKey> = (0..10).map(|_| key(&begun, &secret())).collect();
    let enrolments = join_all(keys.iter().map(|key| store.enrol(key))).await;
    let enrolled: Vec<_> =
        keys.iter().zip(enrolments).filter(|(_, enrolling)| *enrolling.as_ref().unwrap() == Enrolling::Enrolled).collect();
    assert_eq!(enrolled.len(), 1);
    assert_eq!(store.key(&begun.id).await.unwrap().as_ref(), Some(enrolled[0].0));
}

pub async fn the_same_key_is_not_enrolled_twice(store: Store) {
    let secret = secret();
    let (first, second) = (begun(&enterprise()), begun(&enterprise()));
    for begun in [&first, &second] {
        store.begin_enrolment(begun).await.unwrap();
    }
    let enrolled = key(&first, &secret);
    assert_eq!(store.enrol(&enrolled).await.unwrap(), Enrolling::Enrolled);
    assert_eq!(store.enrol(&key(&second, &secret)).await.unwrap(), Enrolling::KeyKnown);
    let revocation = Revocation { at: NOON + 2 * MINUTE, by: "江大海".to_owned(), reason: RevocationReason::Replaced };
    assert!(store.revoke_key(&enrolled.id, &first.enterprise.code, &revocation).await.unwrap());
    let third = begun(&first.enterprise);
    store.begin_enrolment(&third).await.unwrap();
    assert_eq!(store.enrol(&key(&third, &secret)).await.unwrap(), Enrolling::KeyKnown, "nor after it was revoked");
}

pub async fn keys_are_listed_newest_first_for_whom_they_sign(store: Store) {
    let enterprise = enterprise();
    let older = enrolled(&store, &begun(&enterprise)).await;
    let other =
        enrolled(&store, &EnrolmentBegun { person: person("subject-2"), begun_at: NOON + MINUTE, ..begun(&enterprise) }).await;
    let newer = enrolled(&store, &EnrolmentBegun { begun_at: NOON + 2 * MINUTE, ..begun(&enterprise) }).await;
    enrolled(&store, &begun(&self::enterprise())).await;
    let ids = |keys: Vec<SigningKey>| keys.into_iter().map(|key| key.id).collect::<Vec<_>>();
    assert_eq!(ids(store.keys_of(&enterprise.code).await.unwrap()), [newer.id.as_str(), &other.id, &older.id]);
    assert_eq!(ids(store.keys_of_person(&enterprise.code, "subject-1").await.unwrap()), [newer.id.as_str(), &older.id]);
    assert_eq!(ids(store.keys_of_person(&enterprise.code, "subject-3").await.unwrap()), [""; 0]);
}

pub async fn a_key_is_revoked_once_by_its_own_enterprise(store: Store) {
    let key = enrolled(&store, &begun(&enterprise())).await;
    let revocation = Revocation { at: NOON + 2 * MINUTE, by: "江大海".to_owned(), reason: RevocationReason::Lost };
    assert!(!store.revoke_key(&key.id, &enterprise().code, &revocation).await.unwrap());
    assert_eq!(store.key(&key.id).await.unwrap(), Some(key.clone()));
    assert!(store.revoke_key(&key.id, &key.enterprise.code, &revocation).await.unwrap());
    let again = Revocation { at: NOON + 3 * MINUTE, by: "李强".to_owned(), reason: RevocationReason::Compromised };
    assert!(!store.revoke_key(&key.id, &key.enterprise.code, &again).await.unwrap());
    let revoked = SigningKey { revoked: Some(revocation), ..key };
    assert_eq!(store.key(&revoked.id).await.unwrap(), Some(revoked.clone()));
    assert!(!revoked.is_active());
}

/// The door looked at the key, and it was revoked before the filing was accepted.
pub async fn what_a_revoked_key_signed_is_not_accepted(store: Store) {
    let enterprise = enterprise();
    let key = enrolled(&store, &begun(&enterprise)).await;
    let draft = crate::samples::begun(&store, &enterprise).await;
    let mut filing = filing_of(&draft);
    filing.receipt.signing = Signing::Signed { key: key.id.clone(), public: key.public, signature: key.signature };
    let revocation = Revocation { at: NOON + 2 * MINUTE, by: "江大海".to_owned(), reason: RevocationReason::Lost };
    assert!(store.revoke_key(&key.id, &enterprise.code, &revocation).await.unwrap());
    assert_eq!(store.accept(&filing, 1, &file_ids(&draft)).await.unwrap(), Acceptance::KeyGone);
    assert!(store.draft(&draft.id, &enterprise.code).await.unwrap().is_some(), "the draft stays");
}
