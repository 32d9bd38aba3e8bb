//! Sign-ins under way, sessions, and whether the store answers.

use credit::person::{Capacity, Mandate, Matter, Role};
use futures_util::future::join_all;
use server::storage::{Parked, Person, Session, SignIn};

use crate::places::Store;
use crate::samples::{MINUTE, NOON, answers, enterprise, id};

fn sign_in() -> SignIn {
    SignIn {
        state_hash: id(),
        browser_hash: "browser".to_owned(),
        nonce: "nonce".to_owned(),
        verifier: "verifier".to_owned(),
        return_to: "/drafts?most=1&x='".to_owned(),
        parked: Some(Parked { draft_id: id(), version: 3, window: "窗口".to_owned(), draft: answers("证") }),
        begun_at: NOON,
    }
}

fn session() -> Session {
    let mandate = Some(Mandate { matters: vec![Matter::Registration], until: Some("2027-01-01".to_owned()) });
    let capacities = vec![Capacity { enterprise: enterprise(), role: Role::Agent, mandate }];
    Session {
        token_hash: id(),
        person: Person { subject: "subject-1".to_owned(), name: "王芳".to_owned(), capacities },
        enterprise: None,
        id_token: "a.b.c".to_owned(),
        authenticated_at: NOON - MINUTE,
        opened_at: NOON,
        seen_at: NOON,
    }
}

pub async fn the_store_answers_and_can_be_written(store: Store) {
    assert!(["SQLite", "PostgreSQL"].contains(&store.name()));
    store.check().await.unwrap();
    store.check().await.unwrap();
}

pub async fn a_sign_in_comes_back_as_it_began_and_is_taken_once(store: Store) {
    for sign_in in [sign_in(), SignIn { parked: None, ..sign_in() }] {
        store.begin_sign_in(&sign_in).await.unwrap();
        assert_eq!(store.take_sign_in(&sign_in.state_hash, "browser").await.unwrap(), Some(sign_in.clone()));
        assert_eq!(store.take_sign_in(&sign_in.state_hash, "browser").await.unwrap(), None);
    }
}

pub async fn a_sign_in_is_taken_only_by_the_browser_that_began_it(store: Store) {
    let sign_in = sign_in();
    store.begin_sign_in(&sign_in).await.unwrap();
    assert_eq!(store.take_sign_in(&sign_in.state_hash, "another").await.unwrap(), None);
    assert_eq!(store.take_sign_in("another", "browser").await.unwrap(), None);
    assert_eq!(
        store.take_sign_in(&sign_in.state_hash, "browser").await.unwrap(),
        Some(sign_in),
        "the wrong ones took nothing away"
    );
}

pub async fn what_is_parked_waits_for_its_browser_until_it_is_back(store: Store) {
    let (ticket, other) = (sign_in(), SignIn { parked: None, ..sign_in() });
    let parked = ticket.parked.clone().unwrap();
    store.begin_sign_in(&ticket).await.unwrap();
    store.begin_sign_in(&other).await.unwrap();
    let waiting = async |sign_in: &SignIn, browser| store.waiting_sign_in(&sign_in.state_hash, browser).await.unwrap();
    assert_eq!(waiting(&ticket, "another").await, None);
    assert_eq!(waiting(&ticket, "browser").await, Some(ticket.clone()));
    assert_eq!(waiting(&ticket, "browser").await, Some(ticket.clone()), "it stays");
    store.forget_parked("another", &parked).await.unwrap();
    assert_eq!(waiting(&ticket, "browser").await, Some(ticket.clone()));
    store.forget_parked("browser", &parked).await.unwrap();
    assert_eq!(waiting(&ticket, "browser").await, None);
    assert_eq!(waiting(&other, "browser").await, Some(other.clone()), "a sign-in without them goes on");
}

pub async fn one_browser_begins_only_so_many_sign_ins(store: Store) {
    let other = SignIn { browser_hash: "another".to_owned(), begun_at: 0, ..sign_in() };
    store.begin_sign_in(&other).await.unwrap();
    let begun: Vec<SignIn> = (0..60).map(|minutes| SignIn { begun_at: minutes, ..sign_in() }).collect();
    for sign_in in &begun {
        store.begin_sign_in(sign_in).await.unwrap();
    }
    // The clock went back: the newest is the newest all the same.
    let late = SignIn { begun_at: -1, ..sign_in() };
    store.begin_sign_in(&late).await.unwrap();
    let waits = async |sign_in: &SignIn| store.waiting_sign_in(&sign_in.state_hash, &sign_in.browser_hash).await.unwrap().is_some();
    assert_eq!((waits(&begun[0]).await, waits(&begun[9]).await, waits(&begun[59]).await), (false, false, true));
    assert!(waits(&late).await && waits(&other).await);
}

pub async fn of_many_takings_at_once_one_gets_the_sign_in(store: Store) {
    let sign_in = sign_in();
    store.begin_sign_in(&sign_in).await.unwrap();
    let takings = join_all((0..20).map(|_| store.take_sign_in(&sign_in.state_hash, "browser"))).await;
    assert_eq!(takings.into_iter().filter(|taken| taken.as_ref().unwrap().is_some()).count(), 1);
}

pub async fn a_session_is_found_until_it_ends(store: Store) {
    let session = session();
    assert_eq!(store.session(&session.token_hash).await.unwrap(), None);
    store.open_session(&session, None).await.unwrap();
    assert_eq!(store.session(&session.token_hash).await.unwrap(), Some(session.clone()));
    store.end_session(&session.token_hash).await.unwrap();
    assert_eq!(store.session(&session.token_hash).await.unwrap(), None);
    store.end_session(&session.token_hash).await.unwrap();
}

pub async fn a_new_session_ends_the_one_it_replaces(store: Store) {
    let (old, other, new) = (session(), session(), session());
    store.open_session(&old, None).await.unwrap();
    store.open_session(&other, Some("never there")).await.unwrap();
    store.open_session(&new, Some(&old.token_hash)).await.unwrap();
    assert_eq!(store.session(&old.token_hash).await.unwrap(), None);
    assert_eq!(store.session(&other.token_hash).await.unwrap(), Some(other));
    assert_eq!(store.session(&new.token_hash).await.unwrap(), Some(new));
}

pub async fn all_sessions_of_a_person_end_at_once_and_nobody_elses(store: Store) {
    let (one, again, mut other) = (session(), session(), session());
    other.person.subject = "subject-2".to_owned();
    for session in [&one, &again, &other] {
        store.open_session(session, None).await.unwrap();
    }
    let mut known = [one.clone(), again.clone()];
    known.sort_by(|a, b| a.token_hash.cmp(&b.token_hash));
    assert_eq!(store.sessions_of("subject-1", 10).await.unwrap(), known);
    assert_eq!(store.sessions_of("subject-1", 1).await.unwrap(), known[..1]);
    assert_eq!(store.end_sessions_of(Some("subject-1"), Some(&one.token_hash)).await.unwrap(), 1);
    assert_eq!(store.sessions_of("subject-1", 10).await.unwrap(), std::slice::from_ref(&one));
    store.open_session(&again, None).await.unwrap();
    assert_eq!(store.end_sessions_of(Some("subject-1"), None).await.unwrap(), 2);
    assert_eq!(store.end_sessions_of(Some("subject-1' OR '1'='1"), None).await.unwrap(), 0);
    assert_eq!(store.session(&one.token_hash).await.unwrap(), None);
    assert_eq!(store.session(&again.token_hash).await.unwrap(), None);
    assert_eq!(store.session(&other.token_hash).await.unwrap(), Some(other.clone()));
    assert_eq!(store.end_sessions_of(None, None).await.unwrap(), 1);
    assert_eq!(store.session(&other.token_hash).await.unwrap(), None);
}

pub async fn a_session_remembers_its_use_and_its_enterprise(store: Store) {
    let mut session = session();
    let other = Session { token_hash: id(), ..session.clone() };
    store.open_session(&session, None).await.unwrap();
    store.open_session(&other, None).await.unwrap();
    session.enterprise = Some(enterprise().code);
    session.seen_at = NOON + MINUTE;
    store.choose_enterprise(&session.token_hash, session.enterprise.as_ref().unwrap()).await.unwrap();
    store.touch_session(&session.token_hash, NOON + MINUTE).await.unwrap();
    store.touch_session(&session.token_hash, NOON).await.unwrap();
    assert_eq!(store.session(&session.token_hash).await.unwrap(), Some(session), "and its use never goes back");
    assert_eq!(store.session(&other.token_hash).await.unwrap(), Some(other));
}

pub async fn pruning_removes_what_is_old_and_nothing_else(store: Store) {
    let idle = Session { seen_at: NOON - 1, ..session() };
    let old = Session { opened_at: NOON - 60 * MINUTE - 1, ..session() };
    let fresh = Session { opened_at: NOON - 60 * MINUTE, ..session() };
    for session in [&idle, &old, &fresh] {
        store.open_session(session, None).await.unwrap();
    }
    let (lapsed, under_way) = (SignIn { begun_at: NOON - 1, ..sign_in() }, sign_in());
    store.begin_sign_in(&lapsed).await.unwrap();
    store.begin_sign_in(&under_way).await.unwrap();
    store.prune_sessions(NOON, NOON - 60 * MINUTE, NOON).await.unwrap();
    assert_eq!(store.session(&idle.token_hash).await.unwrap(), None);
    assert_eq!(store.session(&old.token_hash).await.unwrap(), None);
    assert_eq!(store.session(&fresh.token_hash).await.unwrap(), Some(fresh));
    assert_eq!(store.take_sign_in(&lapsed.state_hash, "browser").await.unwrap(), None);
    assert_eq!(store.take_sign_in(&under_way.state_hash, "browser").await.unwrap(), Some(under_way));
}
