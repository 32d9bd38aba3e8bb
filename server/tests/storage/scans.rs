//! Scans: asked for once, given out once, and what a verdict does to the files of drafts.

use credit::attachment::{Attachment, FileRefusal, FileState, MediaType};
use credit::filing::State;
use futures_util::future::join_all;
use server::storage::scans::{DueScan, ScanFigures, ScanSettlement, ScanState, Verdict};
use server::storage::{Acceptance, HistoryEntry, OutboxFigures, Settlement, Source, StoredDraft};

use crate::places::Store;
use crate::samples::{MINUTE, NOON, begun, draft_of, enterprise, file_ids, filed, filing_of, id, refused_file, sent_back, sorted};

/// The hash of some content that no other test has.
fn hash() -> String {
    format!("{0}{0}", uuid::Uuid::now_v7().simple())
}

fn file_of(sha256: &str) -> Attachment {
    let state = FileState::Kept { sha256: sha256.to_owned(), media_type: MediaType::Pdf, bytes: 7 };
    Attachment { id: id(), name: "许可证.pdf".to_owned(), state }
}

fn refused(file: &Attachment) -> Attachment {
    Attachment { state: FileState::Refused(FileRefusal::Infected), ..file.clone() }
}

fn infected() -> ScanSettlement {
    ScanSettlement::Found(Verdict::Infected("Test.Virus".to_owned()))
}

/// The content is asked for and found infected.
async fn found_infected(store: &Store, sha256: &str) {
    store.ask_scan(sha256, NOON).await.unwrap();
    assert!(store.settle_scan(sha256, &infected(), NOON).await.unwrap());
}

async fn due(store: &Store, now: i64) -> Vec<DueScan> {
    store.claim_scans(now, now + MINUTE, 100).await.unwrap()
}

async fn files_of(store: &Store, draft: &StoredDraft) -> Vec<Attachment> {
    store.draft(&draft.id, &draft.enterprise.code).await.unwrap().unwrap().attachments
}

pub async fn a_content_is_scanned_once_however_often_it_is_asked_for(store: Store) {
    assert_eq!(store.scan_figures().await.unwrap(), ScanFigures::default());
    let sha256 = hash();
    assert_eq!(store.scan_of(&sha256).await.unwrap(), None);
    for at in [NOON, NOON + 1, NOON + 2] {
        store.ask_scan(&sha256, at).await.unwrap();
    }
    let waiting = ScanState { asked_at: NOON, verdict: None, attempts: 0 };
    assert_eq!(store.scan_of(&sha256).await.unwrap(), Some(waiting.clone()));
    let figures = ScanFigures { waiting: 1, oldest_waiting_at: Some(NOON), infected: 0 };
    assert_eq!(store.scan_figures().await.unwrap(), figures);
    assert_eq!(due(&store, NOON - 1).await, [], "not before it is asked for");
    assert_eq!(due(&store, NOON).await, [DueScan { sha256: sha256.clone(), attempts: 0 }]);
    assert!(store.settle_scan(&sha256, &ScanSettlement::Found(Verdict::Clean), NOON + 5).await.unwrap());
    store.ask_scan(&sha256, NOON + MINUTE).await.unwrap();
    assert_eq!(store.scan_of(&sha256).await.unwrap(), Some(ScanState { verdict: Some(Verdict::Clean), ..waiting }));
    assert_eq!(due(&store, NOON + 10 * MINUTE).await, []);
    assert_eq!(store.scan_figures().await.unwrap(), ScanFigures::default());
}

pub async fn a_scan_is_given_out_again_when_its_lease_ends(store: Store) {
    let sha256 = hash();
    store.ask_scan(&sha256, NOON).await.unwrap();
    assert_eq!(due(&store, NOON).await.len(), 1);
    assert_eq!(due(&store, NOON + MINUTE - 1).await, []);
    assert_eq!(due(&store, NOON + MINUTE).await, [DueScan { sha256, attempts: 0 }], "a lost lease is no failed try");
}

pub async fn claimers_at_once_never_get_the_same_scan(store: Store) {
    let hashes: Vec<String> = (0..40).map(|_| hash()).collect();
    for (n, sha256) in hashes.iter().enumerate() {
        store.ask_scan(sha256, NOON + n as i64).await.unwrap();
    }
    let first = store.claim_scans(NOON + MINUTE, NOON + 5 * MINUTE, 2).await.unwrap();
    let first = sorted(first.into_iter().map(|scan| scan.sha256));
    assert_eq!(first, sorted(hashes[..2].to_vec()), "the longest due come first, and not more than asked for");
    let mut claimed = first;
    // Some may be passed over while another claimer holds them; nothing is passed over for ever.
    for _ in 0..20 {
        let claims = join_all((0..8).map(|_| store.claim_scans(NOON + MINUTE, NOON + 5 * MINUTE, 3))).await;
        claimed.extend(claims.into_iter().flat_map(Result::unwrap).map(|scan| scan.sha256));
        if claimed.len() >= hashes.len() {
            break;
        }
    }
    assert_eq!(claimed.len(), hashes.len());
    assert_eq!(sorted(claimed), sorted(hashes));
}

pub async fn a_scan_that_failed_is_due_later_and_never_given_up(store: Store) {
    let sha256 = hash();
    store.ask_scan(&sha256, NOON).await.unwrap();
    for attempts in 0..30 {
        let now = NOON + attempts * MINUTE;
        assert_eq!(due(&store, now).await, [DueScan { sha256: sha256.clone(), attempts }]);
        assert!(store.settle_scan(&sha256, &ScanSettlement::Later(now + MINUTE), now).await.unwrap());
        assert_eq!(due(&store, now + MINUTE - 1).await, []);
    }
    assert_eq!(store.scan_figures().await.unwrap().waiting, 1);
}

pub async fn a_verdict_stands(store: Store) {
    let sha256 = hash();
    assert!(!store.settle_scan(&sha256, &infected(), NOON).await.unwrap(), "nobody asked");
    found_infected(&store, &sha256).await;
    for other in [ScanSettlement::Found(Verdict::Clean), ScanSettlement::Later(NOON + MINUTE), infected()] {
        assert!(!store.settle_scan(&sha256, &other, NOON + 1).await.unwrap());
    }
    let verdict = Verdict::Infected("Test.Virus".to_owned());
    assert_eq!(store.scan_of(&sha256).await.unwrap(), Some(ScanState { asked_at: NOON, verdict: Some(verdict), attempts: 0 }));
    assert_eq!(store.scan_figures().await.unwrap(), ScanFigures { waiting: 0, oldest_waiting_at: None, infected: 1 });
}

pub async fn an_infected_content_is_refused_in_every_draft_and_stays_in_filings(store: Store) {
    let (bad, good) = (hash(), hash());
    let (own, other) = (enterprise(), enterprise());
    let named = Attachment { name: format!("{bad}.pdf"), ..file_of(&good) };
    let files = vec![file_of(&good), file_of(&bad), refused_file(), file_of(&bad), named];
    let draft = StoredDraft { attachments: files.clone(), ..draft_of(&own) };
    let of_other = StoredDraft { attachments: vec![file_of(&bad)], ..draft_of(&other) };
    let to_file = StoredDraft { attachments: vec![file_of(&bad)], ..draft_of(&own) };
    for draft in [&draft, &of_other, &to_file] {
        store.begin_draft(draft).await.unwrap();
    }
    assert_eq!(store.accept(&filing_of(&to_file), 1, &file_ids(&to_file)).await.unwrap(), Acceptance::Accepted);
    found_infected(&store, &bad).await;
    let expected = [files[0].clone(), refused(&files[1]), files[2].clone(), refused(&files[3]), files[4].clone()];
    assert_eq!(files_of(&store, &draft).await, expected);
    assert_eq!(files_of(&store, &of_other).await, [refused(&of_other.attachments[0])]);
    let filing = store.filing(&to_file.id, &own.code).await.unwrap().unwrap();
    assert_eq!(filing.attachments, to_file.attachments);
    // A clean content changes no file.
    store.ask_scan(&good, NOON).await.unwrap();
    store.settle_scan(&good, &ScanSettlement::Found(Verdict::Clean), NOON).await.unwrap();
    assert_eq!(files_of(&store, &draft).await, expected);
}

pub async fn a_content_known_as_infected_is_refused_as_it_comes(store: Store) {
    let (bad, own) = (hash(), enterprise());
    // Filed before it was known, and sent back since.
    let to_file = StoredDraft { attachments: vec![file_of(&bad)], ..draft_of(&own) };
    store.begin_draft(&to_file).await.unwrap();
    assert_eq!(store.accept(&filing_of(&to_file), 1, &file_ids(&to_file)).await.unwrap(), Acceptance::Accepted);
    found_infected(&store, &bad).await;
    let draft = begun(&store, &own).await;
    let (late, good) = (file_of(&bad), file_of(&hash()));
    for file in [&late, &good] {
        store.add_attachment(&draft.id, &own.code, file, NOON).await.unwrap();
    }
    assert_eq!(files_of(&store, &draft).await, [draft.attachments[0].clone(), refused(&late), good]);
    let begun = StoredDraft { attachments: vec![file_of(&bad)], ..draft_of(&own) };
    store.begin_draft(&begun).await.unwrap();
    assert_eq!(files_of(&store, &begun).await, [refused(&begun.attachments[0])]);
    let correction = StoredDraft { attachments: vec![file_of(&bad)], ..draft_of(&own) };
    store.begin_correction(&to_file.id, &correction).await.unwrap();
    assert_eq!(files_of(&store, &correction).await, [refused(&correction.attachments[0])]);
}

pub async fn files_that_come_while_their_content_is_found_infected_are_all_refused(store: Store) {
    for _ in 0..8 {
        let (bad, own) = (hash(), enterprise());
        let drafts = join_all((0..8).map(|_| begun(&store, &own))).await;
        store.ask_scan(&bad, NOON).await.unwrap();
        let file = file_of(&bad);
        let files: Vec<Attachment> = drafts.iter().map(|_| Attachment { id: id(), ..file.clone() }).collect();
        let adding = drafts.iter().zip(&files).map(|(draft, file)| store.add_attachment(&draft.id, &own.code, file, NOON));
        let verdict = infected();
        let (added, settled) = tokio::join!(join_all(adding), store.settle_scan(&bad, &verdict, NOON));
        assert!(settled.unwrap());
        for ((draft, file), added) in drafts.iter().zip(&files).zip(added) {
            added.unwrap();
            assert_eq!(files_of(&store, draft).await[1], refused(file));
        }
    }
}

pub async fn a_file_found_infected_since_the_review_is_not_filed(store: Store) {
    let (bad, own) = (hash(), enterprise());
    let draft = StoredDraft { attachments: vec![file_of(&bad)], ..draft_of(&own) };
    store.begin_draft(&draft).await.unwrap();
    found_infected(&store, &bad).await;
    let accepted = store.accept(&filing_of(&draft), 1, &file_ids(&draft)).await.unwrap();
    assert_eq!(accepted, Acceptance::Changed(1));
    assert_eq!(store.filing(&draft.id, &own.code).await.unwrap(), None);
}

pub async fn filing_and_finding_at_once_leave_no_refused_file_in_a_filing(store: Store) {
    for _ in 0..8 {
        let (bad, own) = (hash(), enterprise());
        store.ask_scan(&bad, NOON).await.unwrap();
        let drafts: Vec<_> = (0..8).map(|_| StoredDraft { attachments: vec![file_of(&bad)], ..draft_of(&own) }).collect();
        for draft in &drafts {
            store.begin_draft(draft).await.unwrap();
        }
        let accepting = drafts.iter().map(|draft| async {
            let filing = filing_of(draft);
            store.accept(&filing, 1, &file_ids(draft)).await
        });
        let verdict = infected();
        let (accepted, settled) = tokio::join!(join_all(accepting), store.settle_scan(&bad, &verdict, NOON));
        assert!(settled.unwrap());
        for (draft, accepted) in drafts.iter().zip(accepted) {
            match accepted.unwrap() {
                Acceptance::Accepted => {
                    let filing = store.filing(&draft.id, &own.code).await.unwrap().unwrap();
                    assert_eq!(filing.attachments, draft.attachments);
                }
                Acceptance::Changed(1) => assert_eq!(files_of(&store, draft).await, [refused(&draft.attachments[0])]),
                other => panic!("{other:?}"),
            }
        }
    }
}

pub async fn a_filing_that_the_portal_sends_back_says_so_and_is_not_sent(store: Store) {
    let filing = filed(&store, &enterprise()).await;
    let due = NOON + 10 * MINUTE;
    let delivery = store.claim_deliveries(due, due + MINUTE, 1).await.unwrap().remove(0);
    assert!(store.settle_delivery(&delivery, &Settlement::SentBack(sent_back()), due).await.unwrap());
    let kept = store.filing(&filing.id, &filing.enterprise.code).await.unwrap().unwrap();
    assert!(matches!(kept.standing.state, State::Returned { .. }));
    assert_eq!(
        kept.history.last(),
        Some(&HistoryEntry { on: None, taken_back: None, at: due, happening: sent_back(), source: Source::Portal })
    );
    assert_eq!(store.outbox_figures().await.unwrap(), OutboxFigures::default());
    assert_eq!(store.unread_notices(&filing.enterprise.code).await.unwrap(), 1, "the enterprise is told");
    assert_eq!(store.claim_deliveries(due + 60 * MINUTE, due + 61 * MINUTE, 10).await.unwrap(), []);
}
