//! A receipt proves itself, and one that was changed anywhere proves nothing.

#![allow(clippy::unwrap_used)]

use credit::acceptance::{Acceptance, SignedHow, sha256};
use credit::bundle::{Bundle, Doubt, Inclusion, Signed, enrolment_subject};
use credit::commitment::statement::Statement;
use credit::commitment::{CommitmentKind, Scope};
use credit::credit_code::CreditCode;
use credit::enterprise::Enterprise;
use credit::log::checkpoint::{Checkpoint, InvalidCheckpoint};
use credit::log::entry::{Entry, EntryKind, salted};
use credit::log::growth::Growth;
use credit::log::note::{VerifierKey, key_id, signature};
use credit::log::proof::Plan;
use credit::log::tree::{Hash, Node, leaf_hash, perfect_root};
use credit::person::Role;
use credit::signing::{Enrolment, SecretKey};
use ed25519_dalek::{Signer, SigningKey};
use proptest::prelude::*;

const AT: i64 = 1_795_425_307_000;
const LOG: &str = "credit.fengxian.example/log";

/// A log of so many entries, of which two speak of the receipt; and the key that signs it.
struct Log {
    leaves: Vec<Hash>,
    key: SigningKey,
}

impl Log {
    fn of(entries: &[Entry], others: u8, key: [u8; 32]) -> Self {
        let filler = (0..others).map(|n| leaf_hash(&[n]));
        let leaves = entries.iter().map(|entry| leaf_hash(&entry.write())).chain(filler).collect();
        Self { leaves, key: SigningKey::from_bytes(&key) }
    }

    fn verifier(&self) -> VerifierKey {
        VerifierKey::new(LOG, self.key.verifying_key().as_bytes()).unwrap()
    }

    fn node(&self, node: Node) -> Hash {
        let span = 1 << node.level;
        let start = usize::try_from(node.index).unwrap() * span;
        perfect_root(&self.leaves[start..start + span]).unwrap()
    }

    fn proof(&self, index: u64) -> Vec<Hash> {
        let plan = Plan::inclusion(index, self.leaves.len() as u64).unwrap();
        plan.proof(|node| Some(self.node(node))).unwrap()
    }

    fn checkpoint(&self) -> String {
        let mut frontier = credit::log::tree::Frontier::default();
        for leaf in &self.leaves {
            frontier.append(*leaf);
        }
        let text = Checkpoint { origin: LOG.into(), size: frontier.size(), root: frontier.root() }.to_string();
        let id = key_id(LOG, self.key.verifying_key().as_bytes());
        format!("{text}\n{}", signature(LOG, id, &self.key.sign(text.as_bytes()).to_bytes()))
    }
}

fn enterprise() -> Enterprise {
    Enterprise { code: CreditCode::parse("91310120FXXY000194").unwrap(), name: "上海奉贤示例精密机械有限公司".into() }
}

fn statement(signer: &str) -> Statement {
    Statement {
        filing: "0190f5a0-0000-7000-8000-000000000001".into(),
        template: "honest-operation".into(),
        version: 2,
        digest: "0123456789abcdef".repeat(4),
        title: "诚信经营承诺书".into(),
        pledger: enterprise().name,
        pledger_code: enterprise().code,
        kind: CommitmentKind::Voluntary,
        matter: "诚信经营".into(),
        bases: vec![],
        authority: "奉贤区市场监督管理局".into(),
        authority_code: CreditCode::parse("11310120FXXY0006XF").unwrap(),
        scope: Scope::Public,
        publication_term: "承诺有效期内".into(),
        valid_until: None,
        agent: "白小云".into(),
        signer: signer.into(),
        signer_role: Role::LegalRepresentative,
        signed_at: chrono::DateTime::from_timestamp(AT / 1000, 0).unwrap().naive_utc(),
        notice: vec![],
        text: vec!["依法经营，“诚信”第一。".into()],
        liability: vec!["依法承担责任。".into()],
    }
}

fn acceptance(document: &str, signed: SignedHow) -> Acceptance {
    Acceptance {
        id: "0190f5a0-0000-7000-8000-000000000001".into(),
        reference: "K7M4-9TQX-3R2D".into(),
        enterprise: enterprise(),
        matter: "诚信经营承诺书".into(),
        code: Some("31012020261123000001".into()),
        document: sha256(document.as_bytes()),
        signed,
        at: AT,
    }
}

/// What a portal might have done that no honest one does.
#[derive(Default)]
struct Odd {
    /// The key was enrolled after the acceptance.
    enrolled_afterwards: bool,
    /// What was signed was another filing than what was accepted.
    other_filing: bool,
    /// The acceptance names a time so much later than its entry, in milliseconds.
    later: i64,
}

/// A commitment that is signed by one person with a key that another enrolled, or by the same.
fn commitment(signer: &str, enrolled_by: &str) -> (Bundle, Log) {
    odd_commitment(signer, enrolled_by, &Odd::default())
}

fn odd_commitment(signer: &str, enrolled_by: &str, odd: &Odd) -> (Bundle, Log) {
    let secret = SecretKey::from_bytes(&[7; 32]).unwrap();
    let key = secret.public();
    let enrolment =
        Enrolment::new((enrolled_by, Role::LegalRepresentative), &enterprise(), &key, ("k-1", "c-1"), AT - 60_000).unwrap().text();
    let enrolment_signature = secret.sign(enrolment.as_bytes(), &[1; 32]);
    let document = statement(signer).text();
    let signature = secret.sign(document.as_bytes(), &[2; 32]);
    let mut acceptance = acceptance(&document, SignedHow::signed(&signature));
    acceptance.at += odd.later;
    if odd.other_filing {
        acceptance.id = "0190f5a0-0000-7000-8000-000000000002".into();
    }
    let acceptance = acceptance.text().unwrap();
    let (enrolment_salt, salt) = ([3; 32], [4; 32]);
    let subject = enrolment_subject(&enrolment, &enrolment_signature);
    let mut entries = [
        Entry { kind: EntryKind::KeyEnrolled, at: AT - 60_000, digest: salted(&enrolment_salt, &subject) },
        Entry { kind: EntryKind::Accepted, at: AT, digest: salted(&salt, acceptance.as_bytes()) },
    ];
    let (mut first, mut second) = (0, 1);
    if odd.enrolled_afterwards {
        entries.reverse();
        (first, second) = (1, 0);
    }
    let log = Log::of(&entries, 5, [9; 32]);
    let enrolled = Inclusion { at: AT - 60_000, salt: enrolment_salt, index: first, proof: log.proof(first) };
    let accepted = Inclusion { at: AT, salt, index: second, proof: log.proof(second) };
    let signed = Some(Signed { key, signature, enrolment, enrolment_signature, enrolled });
    (Bundle { document, acceptance, signed, accepted, checkpoint: log.checkpoint() }, log)
}

#[test]
fn a_receipt_says_who_committed_to_what_and_when() {
    let (bundle, log) = commitment("江大海", "江大海");
    let read = Bundle::read(&bundle.write()).expect("it is read as it was written");
    assert_eq!(read, bundle);
    let proven = read.prove(&log.verifier()).expect("everything holds");
    assert_eq!(proven.acceptance.code.as_deref(), Some("31012020261123000001"));
    assert_eq!(proven.acceptance.at, AT);
    assert_eq!(proven.statement, Some(statement("江大海")));
    assert_eq!(proven.enrolment.expect("it was signed").name(), "江大海");
    assert_eq!(proven.log_size, 7);
}

#[test]
fn a_receipt_without_an_electronic_signature_says_so() {
    for how in [SignedHow::Filed, SignedHow::Confirmed] {
        let document = statement("江大海").text();
        let text = acceptance(&document, how).text().unwrap();
        let log = Log::of(&[Entry { kind: EntryKind::Accepted, at: AT, digest: salted(&[4; 32], text.as_bytes()) }], 0, [9; 32]);
        let accepted = Inclusion { at: AT, salt: [4; 32], index: 0, proof: log.proof(0) };
        let bundle = Bundle { document, acceptance: text, signed: None, accepted, checkpoint: log.checkpoint() };
        let proven = Bundle::read(&bundle.write()).unwrap().prove(&log.verifier()).expect("it holds");
        assert_eq!((proven.acceptance.signed, proven.enrolment), (how, None));
    }
}

#[test]
fn another_portals_log_proves_nothing_here() {
    let (bundle, log) = commitment("江大海", "江大海");
    let other = Log::of(&[], 1, [8; 32]).verifier();
    assert!(matches!(bundle.prove(&other), Err(Doubt::Checkpoint(_))));
    let elsewhere = VerifierKey::new("elsewhere.example/log", log.key.verifying_key().as_bytes()).unwrap();
    assert!(matches!(bundle.prove(&elsewhere), Err(Doubt::Checkpoint(InvalidCheckpoint::Note(_)))));
}

#[test]
fn a_checkpoint_of_a_forked_log_holds_no_entry_of_the_other_branch() {
    let (mut bundle, log) = commitment("江大海", "江大海");
    let fork = Log { leaves: (0..7_u8).map(|n| leaf_hash(&[n])).collect(), key: log.key.clone() };
    bundle.checkpoint = fork.checkpoint();
    assert_eq!(bundle.prove(&log.verifier()), Err(Doubt::NotInLog));
}

#[test]
fn a_key_that_somebody_else_enrolled_signs_for_nobody() {
    let (bundle, log) = commitment("江大海", "别人");
    assert_eq!(bundle.prove(&log.verifier()), Err(Doubt::Enrolment));
}

#[test]
fn what_the_portal_itself_put_together_wrongly_is_refused() {
    let doubt = |odd: Odd| {
        let (bundle, log) = odd_commitment("江大海", "江大海", &odd);
        bundle.prove(&log.verifier()).map(|_| ())
    };
    assert_eq!(doubt(Odd::default()), Ok(()));
    assert_eq!(doubt(Odd { enrolled_afterwards: true, ..Odd::default() }), Err(Doubt::Enrolment));
    assert_eq!(doubt(Odd { other_filing: true, ..Odd::default() }), Err(Doubt::Document));
    assert_eq!(doubt(Odd { later: 60_000, ..Odd::default() }), Err(Doubt::Document));
}

#[test]
fn a_signature_over_other_bytes_or_none_at_all_is_refused() {
    let (bundle, log) = commitment("江大海", "江大海");
    let mut other = bundle.clone();
    other.document = statement("江大海").text().replace("第一", "第二");
    assert_eq!(other.prove(&log.verifier()), Err(Doubt::Document));
    let mut without = bundle.clone();
    without.signed = None;
    assert_eq!(without.prove(&log.verifier()), Err(Doubt::Signature));
    let mut swapped = bundle;
    let signed = swapped.signed.as_mut().unwrap();
    signed.signature = SecretKey::from_bytes(&[7; 32]).unwrap().sign(b"something else", &[5; 32]);
    assert_eq!(swapped.prove(&log.verifier()), Err(Doubt::Signature));
}

#[test]
fn a_receipt_is_found_in_its_file_and_in_a_certificate_that_has_it_attached() {
    let (bundle, _) = commitment("江大海", "江大海");
    let file = bundle.write();
    assert_eq!(Bundle::found_in(file.as_bytes()), Ok(bundle.clone()));
    let certificate = [b"%PDF-1.7\n\xff\n}\n1 0 obj\nstream\n", file.as_bytes(), b"\nendstream\n}\n\xff"].concat();
    assert_eq!(Bundle::found_in(&certificate), Ok(bundle));
}

#[test]
fn what_is_no_receipt_is_told_from_one_that_was_changed() {
    let file = commitment("江大海", "江大海").0.write();
    for none in ["", "{}", "%PDF-1.7 nothing attached", "a letter"] {
        assert_eq!(Bundle::found_in(none.as_bytes()), Err(Doubt::NoReceipt), "{none:?}");
    }
    let respelled = file.replace(": ", ":");
    let broken = format!("%PDF-1.7\n{}", &file[..file.len() - 10]);
    for changed in [respelled, file.replace('\n', "\r\n"), broken] {
        assert_eq!(Bundle::found_in(changed.as_bytes()), Err(Doubt::Changed), "{changed:?}");
    }
}

#[test]
fn a_receipt_of_a_later_format_is_neither_believed_nor_called_a_forgery() {
    let later = commitment("江大海", "江大海").0.write().replace("chengxin-receipt/1", "chengxin-receipt/2");
    let certificate = format!("%PDF-1.7\nstream\n{later}\nendstream");
    for file in [later, certificate] {
        assert_eq!(Bundle::found_in(file.as_bytes()), Err(Doubt::OtherFormat));
    }
}

#[test]
fn a_log_that_grew_goes_on_from_its_checkpoint_and_a_forked_one_does_not() {
    let (bundle, log) = commitment("江大海", "江大海");
    let key = log.verifier();
    let before = Checkpoint::open(&bundle.checkpoint, &key).unwrap();
    let further = (0..20_u8).map(|n| leaf_hash(&[n, n]));
    let grown = Log { leaves: log.leaves.iter().copied().chain(further).collect(), key: log.key.clone() };
    let growth = |log: &Log| {
        let plan = Plan::consistency(7, log.leaves.len() as u64).unwrap();
        let proof = plan.proof(|node| Some(log.node(node))).unwrap();
        Growth { old: 7, proof, checkpoint: log.checkpoint() }
    };
    let held = growth(&grown);
    assert_eq!(Growth::read(&held.write()), Some(held.clone()));
    assert!(held.goes_on_from(&before, &key));
    assert!(!held.goes_on_from(&before, &Log::of(&[], 1, [8; 32]).verifier()), "signed by another");
    let mut fork = Log { leaves: grown.leaves.clone(), key: log.key.clone() };
    fork.leaves[1] = leaf_hash(b"another acceptance");
    assert!(!growth(&fork).goes_on_from(&before, &key), "an entry was changed");
    for none in ["", "old 7", "old x\n\n", "old 7\nAAAA\n\nnote"] {
        assert_eq!(Growth::read(none), None, "{none:?}");
    }
}

/// Not one byte of the file can be another: each is flipped, in one of its bits after the other.
#[test]
fn a_receipt_with_any_byte_flipped_is_refused() {
    let (bundle, log) = commitment("江大海", "江大海");
    let (file, verifier) = (bundle.write().into_bytes(), log.verifier());
    let holds = |file: &[u8]| {
        std::str::from_utf8(file).ok().and_then(|file| Bundle::read(file).ok()).is_some_and(|read| read.prove(&verifier).is_ok())
    };
    assert!(holds(&file), "as it is it holds");
    for at in 0..file.len() {
        let mut altered = file.clone();
        altered[at] ^= 1 << (at % 8);
        assert!(!holds(&altered), "byte {at}");
    }
}

proptest! {
    #[test]
    fn a_receipt_with_any_byte_put_in_or_left_out_is_refused(at in 0..4000_usize, byte: u8, insert: bool) {
        let (bundle, log) = commitment("江大海", "江大海");
        let mut file = bundle.write().into_bytes();
        let at = at % file.len();
        if insert { file.insert(at, byte) } else { file.remove(at); }
        let held = String::from_utf8(file).ok().and_then(|file| Bundle::read(&file).ok());
        prop_assert!(held.is_none_or(|read| read.prove(&log.verifier()).is_err()));
    }

    #[test]
    fn nothing_that_is_no_receipt_makes_the_reader_stumble(file in "\\PC{0,300}") {
        prop_assert!(Bundle::read(&file).is_err());
    }

    #[test]
    fn an_acceptance_is_read_as_it_was_written(name in "[一-龥（）]{1,20}", seconds in 0..4_000_000_000_i64, signed: bool) {
        let how = if signed { SignedHow::Signed([1; 32]) } else { SignedHow::Filed };
        let said = Acceptance { matter: name, at: seconds * 1000, ..acceptance("x", how) };
        let text = said.text().expect("such a name can stand in it");
        prop_assert_eq!(Acceptance::read(&text), Some(said));
    }
}
