//! Imports: a row becomes one draft or one filing, and nothing is read or filed twice.

use credit::draft::Draft;
use credit::enterprise::Enterprise;
use credit::form::FormKind;
use credit::import::{Note, Refusal};
use credit::person::Role;
use credit::pledge::{Pledge, Purpose};
use futures_util::future::join_all;
use server::storage::imports::{FilingOrders, ImportRow, ImportState, Mended, NewImport, RowState, Which};
use server::storage::{FiledBy, NewFiling, StoredDraft};

use crate::places::Store;
use crate::samples::{MINUTE, NOON, draft_of, enterprise, filing_of, id};

const WORK: i64 = NOON + MINUTE;

fn new_import(enterprise: &Enterprise) -> NewImport {
    NewImport {
        id: id(),
        enterprise: enterprise.clone(),
        kind: FormKind::Operations,
        file_name: Some("经营.xlsx".to_owned()),
        sha256: "ab".repeat(32),
        bytes: 1234,
        made_at: NOON,
        made_by: "王芳".to_owned(),
    }
}

fn row(line: i64, faults: i64) -> ImportRow {
    let draft = Draft::typed(FormKind::Operations.form(), [("year", "2025"), ("business", "预制菜\u{0}")]);
    ImportRow { line, id: id(), draft, version: 1, state: RowState::Open, faults }
}

fn orders() -> FilingOrders {
    FilingOrders {
        pledge: Pledge { version: "1".to_owned(), text: "真实。".to_owned(), purposes: Vec::new() },
        filed_by: FiledBy { subject: "s".to_owned(), name: "王芳".to_owned(), role: Role::LegalRepresentative },
    }
}

/// An import with a faulty row 2 and sound rows 3 and 4, open.
async fn open_import(store: &Store, enterprise: &Enterprise) -> (NewImport, Vec<ImportRow>) {
    let new = new_import(enterprise);
    store.begin_import(&new).await.unwrap();
    let rows = vec![row(2, 1), row(3, 0), row(4, 0)];
    store.add_import_rows(&new.id, &rows, WORK).await.unwrap();
    store.end_reading(&new.id, &Ok(Vec::new())).await.unwrap();
    (new, rows)
}

fn to_file(row: &ImportRow, enterprise: &Enterprise) -> (StoredDraft, NewFiling) {
    let draft = StoredDraft { id: row.id.clone(), attachments: Vec::new(), draft: row.draft.clone(), ..draft_of(enterprise) };
    let FilingOrders { pledge, filed_by } = orders();
    let filing = NewFiling { pledge, filed_by, ..filing_of(&draft) };
    (draft, filing)
}

pub async fn an_import_is_read_once_and_comes_back_as_it_was_read(store: Store) {
    let enterprise = enterprise();
    let new = new_import(&enterprise);
    store.begin_import(&new).await.unwrap();
    let claimed = store.claim_import(NOON, WORK).await.unwrap().expect("it waits to be read");
    assert_eq!((&claimed.begun, &claimed.state), (&new, &ImportState::Reading));
    assert_eq!(store.claim_import(NOON, WORK).await.unwrap(), None, "somebody holds it");
    let again = store.claim_import(WORK, WORK + MINUTE).await.unwrap().expect("whoever held it is gone");
    assert_eq!((claimed.readings, again.readings), (1, 2));
    store.reading_was_none(&new.id).await.unwrap();
    assert_eq!(store.import(&new.id, &enterprise.code).await.unwrap().unwrap().readings, 1);
    let rows = [row(2, 1), row(3, 0)];
    store.add_import_rows(&new.id, &rows, WORK).await.unwrap();
    store.add_import_rows(&new.id, &[row(3, 5), row(4, 0)], WORK).await.unwrap();
    let notes = vec![Note::Merged(2), Note::UnknownWord { line: 3, name: "revenue.public".into(), typed: "\"\u{0}'".into() }];
    store.end_reading(&new.id, &Ok(notes.clone())).await.unwrap();
    let kept = store.import(&new.id, &enterprise.code).await.unwrap().unwrap();
    assert_eq!((kept.state, kept.notes), (ImportState::Open, notes));
    assert_eq!((kept.counts.faulty, kept.counts.sound), (1, 2), "row 3 stays as it was read first");
    let found = store.import_rows(&new.id, &enterprise.code, Which::All, 0, 10).await.unwrap();
    assert_eq!(found[..2], rows);
    assert_eq!(store.import_rows(&new.id, &enterprise.code, Which::Faulty, 0, 10).await.unwrap(), rows[..1]);
    assert_eq!(store.import_rows(&new.id, &enterprise.code, Which::Sound, 3, 10).await.unwrap().len(), 1);
    assert_eq!(store.claim_import(WORK * 2, WORK * 3).await.unwrap(), None, "there is nothing left to read");
}

pub async fn a_refused_file_says_why_until_it_is_put_away(store: Store) {
    let enterprise = enterprise();
    let new = new_import(&enterprise);
    store.begin_import(&new).await.unwrap();
    assert!(!store.close_import(&new.id, &enterprise.code).await.unwrap(), "it is being read");
    store.end_reading(&new.id, &Err(Refusal::Quotation { line: 7 })).await.unwrap();
    let listed = store.imports_of(&enterprise.code, 10).await.unwrap();
    assert_eq!(listed[0].state, ImportState::Refused(Refusal::Quotation { line: 7 }));
    assert!(store.close_import(&new.id, &enterprise.code).await.unwrap());
    assert_eq!(store.imports_of(&enterprise.code, 10).await.unwrap(), []);
}

pub async fn a_row_is_mended_over_the_version_that_was_seen(store: Store) {
    let enterprise = enterprise();
    let (new, rows) = open_import(&store, &enterprise).await;
    let draft = Draft::typed(FormKind::Operations.form(), [("year", "2024")]);
    let mended = ImportRow { draft: draft.clone(), faults: 0, ..rows[0].clone() };
    assert_eq!(store.mend_row(&new.id, &enterprise.code, &mended).await.unwrap(), Mended::Mended);
    assert_eq!(store.mend_row(&new.id, &enterprise.code, &mended).await.unwrap(), Mended::Changed);
    let kept = store.import_row(&new.id, &enterprise.code, 2).await.unwrap().unwrap();
    assert_eq!((kept.version, kept.faults, kept.draft), (2, 0, draft));
    assert!(store.drop_row(&new.id, &enterprise.code, 2).await.unwrap());
    assert!(!store.drop_row(&new.id, &enterprise.code, 2).await.unwrap());
    assert_eq!(store.import_row(&new.id, &enterprise.code, 99).await.unwrap(), None);
}

pub async fn a_row_is_filed_once_by_many_at_once(store: Store) {
    let enterprise = enterprise();
    let (new, rows) = open_import(&store, &enterprise).await;
    let mark = store.import(&new.id, &enterprise.code).await.unwrap().unwrap().counts.sound_mark;
    assert!(store.order_filing(&new.id, &enterprise.code, &orders(), mark).await.unwrap());
    assert!(!store.order_filing(&new.id, &enterprise.code, &orders(), mark).await.unwrap(), "it is ordered already");
    assert_eq!(store.mend_row(&new.id, &enterprise.code, &rows[1]).await.unwrap(), Mended::Changed, "what is ordered is as it was");
    assert!(!store.drop_row(&new.id, &enterprise.code, rows[1].line).await.unwrap());
    let claimed = store.claim_import(NOON, WORK).await.unwrap().unwrap();
    assert_eq!(claimed.state, ImportState::Filing(orders()));
    let pairs: Vec<_> = (0..20).map(|_| to_file(&rows[1], &enterprise)).collect();
    let filed = join_all(pairs.iter().map(|(draft, filing)| store.file_row(&new.id, &rows[1], draft, filing))).await;
    assert_eq!(filed.into_iter().filter(|filed| *filed.as_ref().unwrap()).count(), 1);
    assert_eq!(store.filings_of(&enterprise.code, None, 100).await.unwrap().len(), 1);
    assert_eq!(store.drafts_of(&enterprise.code, 100).await.unwrap(), []);
    assert_eq!(store.outbox_figures().await.unwrap().unsent, 1);
    let old = ImportRow { version: 9, ..rows[2].clone() };
    let (draft, filing) = to_file(&old, &enterprise);
    assert!(!store.file_row(&new.id, &old, &draft, &filing).await.unwrap(), "another version is not filed");
    let (draft, filing) = to_file(&rows[2], &enterprise);
    let older = NewFiling { pledge: Pledge { purposes: vec![Purpose::Publish], ..filing.pledge.clone() }, ..filing };
    assert!(!store.file_row(&new.id, &rows[2], &draft, &older).await.unwrap(), "nor under a pledge that is not the one of now");
    store.end_filing(&new.id).await.unwrap();
    let (draft, filing) = to_file(&rows[2], &enterprise);
    assert!(!store.file_row(&new.id, &rows[2], &draft, &filing).await.unwrap(), "what was ordered has ended");
    let kept = store.import(&new.id, &enterprise.code).await.unwrap().unwrap();
    assert_eq!((kept.state, kept.counts.filed, kept.counts.sound, kept.counts.faulty), (ImportState::Open, 1, 1, 1));
}

pub async fn only_the_rows_that_somebody_was_shown_are_ordered_to_be_filed(store: Store) {
    let enterprise = enterprise();
    let code = &enterprise.code;
    let (new, rows) = open_import(&store, &enterprise).await;
    let mark = async || store.import(&new.id, code).await.unwrap().unwrap().counts.sound_mark;
    let shown = mark().await;
    assert_eq!(store.mend_row(&new.id, code, &rows[1]).await.unwrap(), Mended::Mended);
    assert!(!store.order_filing(&new.id, code, &orders(), shown).await.unwrap(), "another has been typed there");
    let shown = mark().await;
    assert!(store.drop_row(&new.id, code, rows[2].line).await.unwrap());
    assert!(!store.order_filing(&new.id, code, &orders(), shown).await.unwrap(), "one is gone");
    assert!(store.order_filing(&new.id, code, &orders(), mark().await).await.unwrap());
}

pub async fn rows_without_fault_become_drafts_once(store: Store) {
    let enterprise = enterprise();
    let (new, rows) = open_import(&store, &enterprise).await;
    assert_eq!(store.draft_rows(&new.id, &enterprise.code, "李强", WORK).await.unwrap(), 2);
    assert_eq!(store.draft_rows(&new.id, &enterprise.code, "李强", WORK).await.unwrap(), 0);
    let draft = store.draft(&rows[1].id, &enterprise.code).await.unwrap().unwrap();
    assert_eq!(
        (draft.draft, draft.changed_by, draft.kind, draft.version),
        (rows[1].draft.clone(), "李强".into(), FormKind::Operations, 1)
    );
    let kept = store.import(&new.id, &enterprise.code).await.unwrap().unwrap();
    assert_eq!((kept.counts.drafted, kept.counts.faulty), (2, 1));
}

pub async fn another_enterprise_sees_no_import_and_changes_none(store: Store) {
    let (owner, stranger) = (enterprise(), enterprise());
    let (new, rows) = open_import(&store, &owner).await;
    let before = store.import(&new.id, &owner.code).await.unwrap();
    let code = &stranger.code;
    assert_eq!(store.import(&new.id, code).await.unwrap(), None);
    assert_eq!(store.imports_of(code, 10).await.unwrap(), []);
    assert_eq!(store.import_rows(&new.id, code, Which::All, 0, 10).await.unwrap(), []);
    assert_eq!(store.import_row(&new.id, code, 2).await.unwrap(), None);
    assert_eq!(store.mend_row(&new.id, code, &rows[0]).await.unwrap(), Mended::Gone);
    assert!(!store.drop_row(&new.id, code, 2).await.unwrap());
    assert_eq!(store.draft_rows(&new.id, code, "x", WORK).await.unwrap(), 0);
    let mark = before.as_ref().unwrap().counts.sound_mark;
    assert!(!store.order_filing(&new.id, code, &orders(), mark).await.unwrap());
    assert!(!store.close_import(&new.id, code).await.unwrap());
    assert_eq!(store.import(&new.id, &owner.code).await.unwrap(), before);
}
