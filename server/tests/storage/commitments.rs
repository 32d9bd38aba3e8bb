//! Commitments: their codes, what everyone may see of them, how they are found, and how they end.

use chrono::NaiveDate;
use credit::commitment::state::CommitmentState;
use credit::commitment::template::{Authority, PublicationTerm};
use credit::commitment::{CommitmentKind, Scope};
use credit::credit_code::CreditCode;
use credit::enterprise::Enterprise;
use credit::filing::{Happening, Performance, PerformanceFound};
use credit::form::FormKind;
use credit::log::entry::{Entry, EntryKind};
use futures_util::future::join_all;
use server::storage::commitments::{CommitmentSearch, NewCommitment, PublicCommitment, SignatureRequest};
use server::storage::receipts::{NewReceipt, Signing};
use server::storage::{Acceptance, Applied, Cargo, NewFiling, StoredDraft, TakingBack};

use crate::places::Store;
use crate::samples::{MINUTE, NOON, always, draft_of, enterprise, event, filing_of, granted, id, sorted};

const AUTHORITY: &str = "11310120FXXY001583";
const OTHER_AUTHORITY: &str = "11310120FXXY0006XF";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today() -> NaiveDate {
    day("2026-11-24")
}

fn authority(code: &str) -> Authority {
    Authority { name: "奉贤区发展和改革委员会".to_owned(), code: CreditCode::parse(code).unwrap() }
}

/// A commitment that everyone may see for a year, valid for a year.
fn commitment() -> NewCommitment {
    NewCommitment {
        template: "honest-operation@1".to_owned(),
        kind: CommitmentKind::Voluntary,
        title: "诚信经营承诺书".to_owned(),
        authority: authority(AUTHORITY),
        scope: Scope::Public,
        publication_term: PublicationTerm::Years(1),
        made_on: today(),
        valid_until: Some(day("2027-11-24")),
        division: "310120".to_owned(),
        code_place: id(),
    }
}

async fn drafted(store: &Store, enterprise: &Enterprise) -> StoredDraft {
    let draft = StoredDraft { kind: FormKind::Commitment, attachments: vec![], ..draft_of(enterprise) };
    store.begin_draft(&draft).await.unwrap();
    draft
}

fn filing(draft: &StoredDraft, commitment: NewCommitment) -> NewFiling {
    NewFiling {
        kind: FormKind::Commitment,
        content: [("title", "诚信经营承诺书"), ("public_text", "依法经营。")].map(|(name, text)| (name.into(), text.into())).into(),
        envelope: format!("{{\"code\":\"{}\"}}", commitment.code_place),
        receipt: NewReceipt {
            document: "文书：诚信经营承诺书\n".to_owned(),
            matter: commitment.title.clone(),
            signing: Signing::Confirmed,
            salt: [6; 32],
            commitment: Some(commitment),
        },
        ..filing_of(draft)
    }
}

async fn accepted(store: &Store, enterprise: &Enterprise, commitment: NewCommitment) -> NewFiling {
    let draft = drafted(store, enterprise).await;
    let filing = filing(&draft, commitment);
    assert_eq!(store.accept(&filing, 1, &[]).await.unwrap(), Acceptance::Accepted);
    filing
}

async fn happens(store: &Store, filing: &NewFiling, happening: Happening) {
    assert_eq!(store.apply_event(&event(&filing.id, happening)).await.unwrap(), Applied::Applied);
}

/// One that was accepted, granted and published; gives its code.
async fn public(store: &Store, enterprise: &Enterprise, commitment: NewCommitment) -> (NewFiling, String) {
    let filing = accepted(store, enterprise, commitment).await;
    happens(store, &filing, granted()).await;
    happens(store, &filing, Happening::Published { until: None }).await;
    let code = code_of(store, &filing).await;
    (filing, code)
}

async fn code_of(store: &Store, filing: &NewFiling) -> String {
    store.commitment_code(&filing.id).await.unwrap().unwrap()
}

async fn found(store: &Store, search: CommitmentSearch) -> Vec<String> {
    let found = store.find_commitments(&search, None, today(), 100).await.unwrap();
    found.into_iter().map(|one| one.code).collect()
}

async fn seen(store: &Store, code: &str, on: NaiveDate) -> Option<PublicCommitment> {
    store.public_commitment(code, on).await.unwrap()
}

fn breach() -> PerformanceFound {
    PerformanceFound {
        performance: Performance::Partly,
        found_by: "奉贤区市场监督管理局".to_owned(),
        found_by_code: OTHER_AUTHORITY.to_owned(),
        found_on: "2026-11-25".to_owned(),
        unfulfilled: Some("未按时退货".to_owned()),
        pursued: None,
    }
}

async fn revoke(store: &Store, filing: &NewFiling) {
    let taking = TakingBack {
        happening: Happening::Revoked,
        cargo: Cargo::Withdrawal,
        body: always("{}"),
        by: "李强".to_owned(),
        at: NOON + 40 * MINUTE,
    };
    assert_eq!(store.take_back(&filing.id, &filing.enterprise.code, &taking).await.unwrap(), Some(Ok(())));
}

pub async fn codes_are_dense_and_unique_however_many_are_accepted_at_once(store: Store) {
    const MANY: usize = 64;
    let of = enterprise();
    let drafts = join_all((0..MANY).map(|_| drafted(&store, &of))).await;
    let accepting = drafts.iter().enumerate().map(|(at, draft)| {
        let (store, mut filing) = (store.clone(), filing(draft, commitment()));
        async move {
            match at % 8 {
                // An older version: refused before there is a code.
                3 => assert!(matches!(store.accept(&filing, 9, &[]).await.unwrap(), Acceptance::Changed(_))),
                // A text that cannot be proven: the whole transaction fails, after the code was taken.
                5 => {
                    filing.reference = format!("{}\n", filing.reference);
                    assert!(store.accept(&filing, 1, &[]).await.is_err());
                }
                _ => {
                    assert_eq!(store.accept(&filing, 1, &[]).await.unwrap(), Acceptance::Accepted);
                    return Some(code_of(&store, &filing).await);
                }
            }
            None
        }
    });
    let codes: Vec<String> = join_all(accepting).await.into_iter().flatten().collect();
    let expected: Vec<String> = (1..=MANY * 6 / 8).map(|number| format!("31012020261124{number:06}")).collect();
    assert_eq!(sorted(codes), expected);
    let later = accepted(&store, &of, NewCommitment { made_on: day("2026-11-25"), ..commitment() }).await;
    assert_eq!(code_of(&store, &later).await, "31012020261125000001", "each day has its own numbers");
}

pub async fn a_commitment_is_public_from_its_publication_to_its_last_day(store: Store) {
    let filing = accepted(&store, &enterprise(), commitment()).await;
    let code = code_of(&store, &filing).await;
    assert_eq!((seen(&store, &code, today()).await, store.was_public(&code).await.unwrap()), (None, false));
    happens(&store, &filing, granted()).await;
    assert_eq!(seen(&store, &code, today()).await, None, "granted is not published");
    happens(&store, &filing, Happening::Published { until: Some("2027-03-01".to_owned()) }).await;
    let public = seen(&store, &code, today()).await.unwrap();
    assert_eq!((public.filing_id, public.enterprise), (filing.id.clone(), filing.enterprise.clone()));
    assert_eq!((public.content, public.shown_until), (filing.content.clone(), Some(day("2027-03-01"))));
    assert_eq!((public.revoked_at, public.signed, public.log_number >= 0), (None, false, true));
    let receipt = store.receipt(&filing.id).await.unwrap().unwrap();
    assert_eq!(public.log_number, receipt.log_number);
    assert!(seen(&store, &code, day("2027-03-01")).await.is_some(), "its last day");
    assert_eq!(seen(&store, &code, day("2027-03-02")).await, None);
    assert!(store.was_public(&code).await.unwrap());
    happens(&store, &filing, Happening::PublicationStopped { reason: "到期".to_owned() }).await;
    assert_eq!((seen(&store, &code, today()).await, store.was_public(&code).await.unwrap()), (None, true));
    let count = store.count_public_commitments(&filing.enterprise.code, today()).await.unwrap();
    assert_eq!((count, found(&store, CommitmentSearch::default()).await.len()), (0, 0));
    assert!(!store.was_public("31012020261124999999").await.unwrap(), "there is none");
}

pub async fn what_is_not_open_to_everyone_is_never_public(store: Store) {
    for scope in [Scope::Limited, Scope::NotPublic] {
        let (filing, code) = public(&store, &enterprise(), NewCommitment { scope, ..commitment() }).await;
        assert_eq!((seen(&store, &code, today()).await, store.was_public(&code).await.unwrap()), (None, false));
        assert_eq!(store.commitments_of(&filing.enterprise.code, None, 10).await.unwrap().len(), 1);
    }
}

pub async fn commitments_are_found_by_each_filter(store: Store) {
    let (one, other) = (enterprise(), enterprise());
    let old = NewCommitment { made_on: day("2026-10-01"), valid_until: Some(day("2026-11-01")), ..commitment() };
    let (_, old) = public(&store, &one, old).await;
    let certificate = NewCommitment { kind: CommitmentKind::ReplacesCertificate, ..commitment() };
    let (_, certificate) = public(&store, &one, NewCommitment { authority: authority(OTHER_AUTHORITY), ..certificate }).await;
    let (_, plain) = public(&store, &other, commitment()).await;
    let (broken, breached) = public(&store, &other, commitment()).await;
    happens(&store, &broken, Happening::PerformanceFound(Box::new(breach()))).await;
    let (taken, revoked) = public(&store, &other, NewCommitment { valid_until: None, ..commitment() }).await;
    revoke(&store, &taken).await;
    store.enter_ends(today(), NOON + 50 * MINUTE, 10).await.unwrap();
    let all = || CommitmentSearch::default();
    let of = |enterprise: &Enterprise| Some(vec![enterprise.code.clone()]);
    let state = |state| CommitmentSearch { state: Some(state), ..all() };
    let newest_first = vec![revoked.clone(), breached.clone(), plain.clone(), certificate.clone(), old.clone()];
    for (search, expected) in [
        (all(), newest_first.clone()),
        (CommitmentSearch { enterprises: of(&one), ..all() }, vec![certificate.clone(), old.clone()]),
        (CommitmentSearch { enterprises: Some(vec![one.code.clone(), other.code.clone()]), ..all() }, newest_first.clone()),
        (CommitmentSearch { code: Some(plain.clone()), ..all() }, vec![plain.clone()]),
        (CommitmentSearch { code: Some("' OR 1 = 1 --".to_owned()), ..all() }, vec![]),
        (CommitmentSearch { kind: Some(CommitmentKind::ReplacesCertificate), ..all() }, vec![certificate.clone()]),
        (CommitmentSearch { authority: Some(CreditCode::parse(OTHER_AUTHORITY).unwrap()), ..all() }, vec![certificate.clone()]),
        (CommitmentSearch { from: Some(today()), ..all() }, newest_first[..4].to_vec()),
        (CommitmentSearch { to: Some(day("2026-10-01")), ..all() }, vec![old.clone()]),
        (CommitmentSearch { from: Some(day("2026-10-02")), to: Some(day("2026-11-23")), ..all() }, vec![]),
        (state(CommitmentState::InForce), vec![plain.clone(), certificate.clone()]),
        (state(CommitmentState::Expired), vec![old.clone()]),
        (state(CommitmentState::Withdrawn), vec![revoked.clone()]),
        (state(CommitmentState::Found(Performance::Partly)), vec![breached.clone()]),
        (state(CommitmentState::Found(Performance::Fulfilled)), vec![]),
        (CommitmentSearch { enterprises: of(&other), state: Some(CommitmentState::InForce), ..all() }, vec![plain.clone()]),
    ] {
        assert_eq!(found(&store, search.clone()).await, expected, "{search:?}");
    }
    assert_eq!(store.count_public_commitments(&other.code, today()).await.unwrap(), 3);
    let revoked = seen(&store, &revoked, today()).await.unwrap();
    assert_eq!((revoked.standing.revoked, revoked.revoked_at), (true, Some(NOON + 40 * MINUTE)));
    let breached = seen(&store, &breached, today()).await.unwrap();
    assert_eq!(breached.standing.performance, Some(breach()));
}

pub async fn pages_of_commitments_follow_each_other_without_gap_or_repetition(store: Store) {
    let of = enterprise();
    let mut codes = Vec::new();
    for number in 0..7 {
        let made_on = if number < 3 { day("2026-11-23") } else { today() };
        codes.push(public(&store, &of, NewCommitment { made_on, ..commitment() }).await.1);
    }
    codes.reverse();
    for search in [
        CommitmentSearch::default(),
        CommitmentSearch { from: Some(day("2026-01-01")), to: Some(today()), ..CommitmentSearch::default() },
    ] {
        let (mut walked, mut before): (Vec<String>, Option<String>) = (Vec::new(), None);
        loop {
            let page = store.find_commitments(&search, before.as_deref(), today(), 2).await.unwrap();
            let Some(last) = page.last() else { break };
            before = Some(last.code.clone());
            walked.extend(page.into_iter().map(|one| one.code));
        }
        assert_eq!(walked, codes, "{search:?}");
    }
    let own = store.commitments_of(&of.code, Some(&codes[2]), 3).await.unwrap();
    assert_eq!(own.into_iter().map(|one| one.code).collect::<Vec<_>>(), codes[3..6]);
    // Whatever is newer, what ends soon is found.
    let last = Some(day("2026-12-10"));
    let ending = public(&store, &of, NewCommitment { made_on: day("2026-11-20"), valid_until: last, ..commitment() }).await.1;
    let soon = store.commitments_ending(&of.code, today()..=day("2026-12-24"), 10).await.unwrap();
    assert_eq!(soon.into_iter().map(|one| one.code).collect::<Vec<_>>(), [ending]);
    for none in [today()..=day("2026-12-09"), day("2026-12-11")..=day("2026-12-24")] {
        assert_eq!(store.commitments_ending(&of.code, none, 10).await.unwrap().len(), 0);
    }
}

pub async fn what_was_never_granted_does_not_end(store: Store) {
    let filing = accepted(&store, &enterprise(), commitment()).await;
    assert_eq!(store.enter_ends(day("2027-11-25"), NOON, 10).await.unwrap(), 1, "it is looked at once");
    assert_eq!(store.logged_events(&filing.id).await.unwrap().len(), 0);
    // Granted after all: it has ended already, and that is entered, once.
    happens(&store, &filing, granted()).await;
    for entered in [1, 0] {
        assert_eq!(store.enter_ends(day("2027-11-26"), NOON + MINUTE, 10).await.unwrap(), entered);
    }
    let events = store.logged_events(&filing.id).await.unwrap();
    assert_eq!(events.iter().map(|event| event.kind).collect::<Vec<_>>(), [EntryKind::Expired]);
    // Told again, nothing is entered again.
    happens(&store, &filing, Happening::PerformanceFound(Box::new(breach()))).await;
    assert_eq!(store.enter_ends(day("2027-11-27"), NOON + 2 * MINUTE, 10).await.unwrap(), 0);
}

pub async fn the_list_is_kept_in_the_log_entry_by_entry(store: Store) {
    let (filing, code) = public(&store, &enterprise(), commitment()).await;
    let (_, other) = public(&store, &enterprise(), commitment()).await;
    let before = store.log_head().await.unwrap().size();
    assert_eq!(store.keep_listed(today(), NOON + MINUTE, 10).await.unwrap(), 2);
    assert_eq!(store.keep_listed(today(), NOON + 2 * MINUTE, 10).await.unwrap(), 0, "once");
    let entries = store.log_entries(before..before + 2).await.unwrap();
    let mut places = Vec::new();
    for code in [&code, &other] {
        let listing = seen(&store, code, today()).await.unwrap().listing.unwrap();
        let entry = Entry::read(&entries[usize::try_from(listing.entry).unwrap() - usize::try_from(before).unwrap()]).unwrap();
        assert!(listing.is_of(code, &entry) && listing.at == NOON + MINUTE);
        places.push(listing.entry);
    }
    assert_ne!(places[0], places[1]);
    assert_eq!(store.newest_commitments(today(), 1).await.unwrap().len(), 1);
    // One is stopped, the other's publication ends by itself a year later: each leaves the list once.
    happens(&store, &filing, Happening::PublicationStopped { reason: "信息有误".to_owned() }).await;
    assert_eq!(store.keep_listed(today(), NOON + 3 * MINUTE, 10).await.unwrap(), 1);
    assert_eq!(store.keep_listed(day("2028-11-25"), NOON + 4 * MINUTE, 10).await.unwrap(), 1);
    assert_eq!(store.keep_listed(day("2028-11-25"), NOON + 5 * MINUTE, 10).await.unwrap(), 0);
}

pub async fn an_end_is_entered_into_the_log_once(store: Store) {
    let (filing, code) = public(&store, &enterprise(), commitment()).await;
    let endless = public(&store, &enterprise(), NewCommitment { valid_until: None, ..commitment() }).await.0;
    let (last, next) = (day("2027-11-24"), day("2027-11-25"));
    assert_eq!(store.enter_ends(last, NOON, 10).await.unwrap(), 0, "on its last day it holds");
    assert_eq!(store.enter_ends(next, NOON, 10).await.unwrap(), 1);
    assert_eq!(store.enter_ends(next, NOON, 10).await.unwrap(), 0);
    let kinds =
        |events: Vec<server::storage::receipts::LoggedEvent>| events.into_iter().map(|event| event.kind).collect::<Vec<_>>();
    assert_eq!(kinds(store.logged_events(&filing.id).await.unwrap()), [EntryKind::Published, EntryKind::Expired]);
    assert_eq!(kinds(store.logged_events(&endless.id).await.unwrap()), [EntryKind::Published]);
    assert!(store.was_public(&code).await.unwrap());
}

pub async fn a_signature_is_asked_for_until_the_draft_is_signed_or_gone(store: Store) {
    let of = enterprise();
    let (one, two) = (drafted(&store, &of).await, drafted(&store, &of).await);
    let request = |by: &str, at| SignatureRequest { by: by.to_owned(), at };
    assert!(!store.request_signature(&one.id, &enterprise().code, &request("王芳", NOON)).await.unwrap(), "another enterprise’s");
    assert!(!store.request_signature(&id(), &of.code, &request("王芳", NOON)).await.unwrap());
    assert_eq!(store.signature_request(&one.id).await.unwrap(), None);
    assert!(store.request_signature(&one.id, &of.code, &request("王芳", NOON)).await.unwrap());
    assert!(store.request_signature(&two.id, &of.code, &request("王芳", NOON + MINUTE)).await.unwrap());
    assert!(store.request_signature(&one.id, &of.code, &request("李强", NOON + 2 * MINUTE)).await.unwrap(), "asked again");
    assert_eq!(store.signature_request(&one.id).await.unwrap(), Some(request("李强", NOON + 2 * MINUTE)));
    let waiting = store.drafts_to_sign(&of.code, 10).await.unwrap();
    let ids: Vec<&str> = waiting.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, [one.id.as_str(), two.id.as_str()], "the latest request first");
    assert_eq!(waiting[0].request, request("李强", NOON + 2 * MINUTE));
    assert_eq!(store.drafts_to_sign(&enterprise().code, 10).await.unwrap(), []);
    assert_eq!(store.accept(&filing(&one, commitment()), 1, &[]).await.unwrap(), Acceptance::Accepted);
    assert!(store.delete_draft(&two.id, &of.code).await.unwrap());
    assert_eq!(store.drafts_to_sign(&of.code, 10).await.unwrap(), []);
}

pub async fn a_commitment_is_found_by_its_code_for_its_own_enterprise(store: Store) {
    let of = enterprise();
    let filing = accepted(&store, &of, commitment()).await;
    let code = code_of(&store, &filing).await;
    assert_eq!(store.filing_of_commitment(&code, &of.code).await.unwrap(), Some(filing.id));
    assert_eq!(store.filing_of_commitment(&code, &enterprise().code).await.unwrap(), None);
    assert_eq!(store.filing_of_commitment("no code\u{0}", &of.code).await.unwrap(), None);
}
