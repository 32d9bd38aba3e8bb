//! Every reader here of what comes from outside meets whatever there is: it answers, and in time. The corpus in
//! `tests/corpus` is what is awkward on purpose; the rest is made anew in each run.

#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Request};
use credit::form::FormKind;
use credit::law::working_days::WorkingDays;
use proptest::prelude::*;
use serde_json::{Value, json};
use server::config::{ClaimNames, Config};
use server::identity::claims::person;
use server::kept_form::KeptForm;
use server::platform::events::EventKeys;
use server::platform::wire_v1::{
    Event, ProblemDetails, Receipt, Records, StandingOnFile, SubmissionPage, SubmissionWithEvents, on_file,
};
use server::spreadsheets::reading::{read, read_pasted};
use server::spreadsheets::template;
use server::templates::{Catalogue, File, built_in};

const NOW: i64 = 1_790_000_000_000;
const BOUNDARY: &str = "----b";

const SETTINGS: &str = r#"
listen = "127.0.0.1:8080"
public_url = "http://127.0.0.1:8080"
site_dir = "site"
data_dir = "data"
[identity]
issuer = "http://127.0.0.1:8081/idp"
client_id = "chengxin"
client_secret_file = "a"
[platform]
url = "https://platform.example/"
token_file = "b"
event_secret_files = ["c"]
[limits]
requests = 10
"#;

const CALENDAR: &str = "# 样例\nyear 2027 某通知\noff 2027-01-01\noff 2027-02-06 2027-02-12\nwork 2027-02-14\n";

/// What is given any bytes, and must come back.
type Reader = fn(&[u8]);

// — What each reader is given —

fn a_table(bytes: &[u8]) {
    for kind in FormKind::ALL.iter().copied() {
        let _ = (read(bytes, kind), read_pasted(bytes, kind));
    }
}

fn an_event(bytes: &[u8]) {
    if let Ok(event) = serde_json::from_slice::<Event>(bytes)
        && let Ok(read) = event.read("msg_1", NOW)
    {
        assert!(read.occurred_at <= NOW, "nothing has happened after now");
    }
    if let Ok(submission) = serde_json::from_slice::<SubmissionWithEvents>(bytes) {
        for told in submission.events {
            let id = told.id.clone();
            let _ = told.event("a").read(&id, NOW);
        }
    }
}

fn an_answer(bytes: &[u8]) {
    let _ = (serde_json::from_slice::<Receipt>(bytes), serde_json::from_slice::<SubmissionPage>(bytes));
    if let Ok(problem) = serde_json::from_slice::<ProblemDetails>(bytes) {
        let _ = (problem.is("digest-mismatch"), problem.returned());
    }
    let standing = || serde_json::from_str::<StandingOnFile>(r#"{"in_good_standing":true}"#).unwrap();
    let given = serde_json::from_slice::<StandingOnFile>(bytes).unwrap_or_else(|_| standing());
    let Ok(records) = serde_json::from_slice::<Records>(bytes) else { return };
    for record in on_file(given, records, NOW).records {
        // A record is read or names its faults.
        let _ = record.read();
    }
}

fn a_template(text: &str) {
    let _ = Catalogue::of(&[File { name: "a.toml".to_owned(), text: text.to_owned() }]).map_err(|why| why.to_string());
}

fn settings(text: &str) {
    let _ = Config::parse(text, std::iter::empty()).map_err(|wrong| wrong.to_string());
}

fn a_calendar(text: &str) {
    let _ = WorkingDays::read(text).map_err(|wrong| wrong.to_string());
}

/// A form is kept whole or not at all, and is never more than was sent.
fn a_form(bytes: &[u8]) {
    let request = Request::post("/drafts/1")
        .header("content-type", format!("multipart/form-data; boundary={BOUNDARY}"))
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(bytes.to_vec()))
        .unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let kept = runtime.block_on(KeptForm::of(request, &"https://portal.example/".parse().unwrap()));
    assert!(kept.is_none_or(|form| form.bytes_of_text() <= bytes.len()));
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn whatever_is_in_the_corpus_is_read_or_refused_at_once() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut met = 0;
    let readers: [(&str, Reader); 7] = [
        ("tables", a_table),
        ("events", an_event),
        ("answers", an_answer),
        ("templates", |bytes| a_template(&text(bytes))),
        ("settings", |bytes| settings(&text(bytes))),
        ("calendars", |bytes| a_calendar(&text(bytes))),
        ("forms", a_form),
    ];
    for (kind, reader) in readers {
        for entry in std::fs::read_dir(folder.join(kind)).unwrap() {
            let path = entry.unwrap().path();
            let bytes = std::fs::read(&path).unwrap();
            let began = Instant::now();
            reader(&bytes);
            assert!(began.elapsed() < Duration::from_secs(2), "{} took {:?}", path.display(), began.elapsed());
            met += 1;
        }
    }
    assert!(met >= 45, "{met} files");
}

// — What is made anew —

/// Any JSON, a few levels deep.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        "[0-9]{4}-[0-9]{2}-[0-9]{2}".prop_map(Value::from),
        "[0-9A-Z]{18}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::btree_map(a_member(), inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// The names that our readers look for, and others.
fn a_member() -> impl Strategy<Value = String> {
    const NAMES: &[&str] = &[
        "comments",
        "note",
        "field",
        "comment",
        "verification",
        "reasons",
        "reason",
        "until",
        "handler",
        "name",
        "enterprises",
        "credit_code",
        "role",
        "mandate",
        "matters",
        "records",
        "record_id",
        "kind",
        "severity",
        "decided_on",
        "duties",
        "what",
        "fulfilled_on",
        "breaches",
        "bars",
        "in_good_standing",
        "errors",
        "detail",
        "type",
        "items",
        "next",
        "more",
        "id",
        "found",
    ];
    prop_oneof![3 => (0..NAMES.len()).prop_map(|at| NAMES[at].to_owned()), 1 => "\\PC{0,8}"]
}

const KINDS: &[&str] = &[
    "submission.under_review",
    "submission.returned",
    "submission.granted",
    "submission.refused",
    "submission.found_untrue",
    "submission.withdrawn",
    "commitment.performance",
    "publication.published",
    "publication.stopped",
    "unknown",
];

/// A text with pieces cut out, doubled and replaced.
fn spoilt(text: &'static str) -> impl Strategy<Value = String> {
    let characters = text.chars().count();
    proptest::collection::vec((0..characters, 0..30_usize, "([\\[\\]{}\"'=#.,\n0-9-]|\\PC){0,6}"), 1..6).prop_map(move |changes| {
        let mut spoilt: Vec<char> = text.chars().collect();
        for (at, length, with) in changes {
            let at = at.min(spoilt.len());
            let end = (at + length).min(spoilt.len());
            spoilt.splice(at..end, with.chars());
        }
        spoilt.into_iter().collect()
    })
}

/// Pieces of a posted form in any order.
fn like_a_form() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        4 => Just(format!("--{BOUNDARY}\r\n").into_bytes()),
        4 => Just(b"Content-Disposition: form-data; name=\"a\"\r\n".to_vec()),
        2 => Just(b"Content-Disposition: form-data; name=\"f\"; filename=\"a.pdf\"\r\n".to_vec()),
        4 => Just(b"\r\n".to_vec()),
        1 => Just(b"filename*=UTF-8''%e4%b8".to_vec()),
        1 => Just(format!("--{BOUNDARY}--\r\n").into_bytes()),
        3 => proptest::collection::vec(any::<u8>(), 0..40),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_bytes_are_a_table_or_none(bytes in proptest::collection::vec(any::<u8>(), 0..400), head in 0..4_usize) {
        let heads: [&[u8]; 4] = [b"", b"PK\x03\x04", b"\xff\xfe", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"];
        a_table(&[heads[head], &bytes].concat());
    }

    #[test]
    fn any_event_that_holds_is_read_or_refused(kind in 0..KINDS.len(), data in any_json(), at in "\\PC{0,30}", submission in any_json()) {
        let event = json!({ "wire": "1", "type": KINDS[kind], "occurred_at": at, "submission": submission, "data": data });
        an_event(event.to_string().as_bytes());
        let told = json!({ "events": [{ "id": "m", "type": KINDS[kind], "occurred_at": at, "data": data }] });
        an_event(told.to_string().as_bytes());
    }

    #[test]
    fn any_answer_of_the_platform_is_read_or_refused(answer in any_json(), records in proptest::collection::vec(any_json(), 0..3)) {
        an_answer(answer.to_string().as_bytes());
        an_answer(json!({ "records": records, "in_good_standing": true }).to_string().as_bytes());
        an_answer(json!({ "type": answer, "errors": records }).to_string().as_bytes());
    }

    #[test]
    fn any_claims_are_a_person_or_a_sentence(name in any_json(), enterprises in any_json(), entry in any_json(), mandate in any_json()) {
        let sound = json!({ "credit_code": "91310120FXXY000194", "name": "示例公司", "role": "agent", "mandate": mandate });
        for claims in [
            json!({ "name": name, "enterprises": enterprises }),
            json!({ "name": "某人", "enterprises": [entry] }),
            json!({ "name": "某人", "enterprises": [sound] }),
        ] {
            if let Ok(person) = person("s-1", claims.as_object().unwrap(), &ClaimNames::default()) {
                // Nobody may sign who was not said to be the representative.
                prop_assert!(claims.to_string().contains("legal_representative") || !person.capacities.iter().any(|capacity| capacity.may_sign()));
            }
        }
    }

    #[test]
    fn no_heads_of_a_message_verify_by_chance(id in proptest::collection::vec(any::<u8>(), 0..40), at in "\\PC{0,20}", signature in "(v1,|v1a,| )?\\PC{0,60}", body in proptest::collection::vec(any::<u8>(), 0..60)) {
        let keys = EventKeys::parse(&["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned()]).unwrap();
        let mut heads = HeaderMap::new();
        for (name, value) in [("webhook-id", id.as_slice()), ("webhook-timestamp", at.as_bytes()), ("webhook-signature", signature.as_bytes())] {
            if let Ok(value) = HeaderValue::from_bytes(value) {
                heads.insert(name, value);
            }
        }
        prop_assert!(keys.verify(&heads, &body, NOW).is_err());
        heads.insert("webhook-timestamp", HeaderValue::from(NOW / 1000));
        prop_assert!(keys.verify(&heads, &body, NOW).is_err());
    }

    #[test]
    fn spoilt_settings_are_settings_or_a_sentence(text in spoilt(SETTINGS)) {
        settings(&text);
    }

    #[test]
    fn a_spoilt_calendar_is_a_calendar_or_a_sentence(text in spoilt(CALENDAR)) {
        a_calendar(&text);
    }

    #[test]
    fn any_posted_form_is_kept_whole_or_not_at_all(bytes in like_a_form()) {
        a_form(&bytes);
    }
}

proptest! {
    // Each reads a whole template or workbook.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_spoilt_template_is_a_template_or_a_list_of_faults(which in 0..1000_usize, at in 0..4000_usize, length in 0..40_usize, with in "([\\[\\]{}\"'=#.\n]|\\PC){0,8}") {
        let files = built_in();
        let mut spoilt: Vec<char> = files[which % files.len()].text.chars().collect();
        let at = at % spoilt.len();
        let end = (at + length).min(spoilt.len());
        spoilt.splice(at..end, with.chars());
        a_template(&spoilt.into_iter().collect::<String>());
    }

    #[test]
    fn a_spoilt_workbook_is_a_table_or_a_refusal(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12), cut in any::<prop::sample::Index>(), cuts in any::<bool>()) {
        let mut book = template::xlsx(FormKind::Operations).unwrap();
        for (at, byte) in changes {
            let at = at.index(book.len());
            book[at] = byte;
        }
        if cuts {
            book.truncate(cut.index(book.len()));
        }
        let _ = read(&book, FormKind::Operations);
    }
}
