//! Signed checkpoints, read by us and by `signed_note` and `tlog_tiles`.

#![allow(clippy::unwrap_used)]

use credit::log::checkpoint::{Checkpoint, InvalidCheckpoint};
use credit::log::cosignature::WitnessKey;
use credit::log::note::{InvalidNote, InvalidVerifierKey, VerifierKey, signature};
use ed25519_dalek::SigningKey;
use signed_note::{Note, StandardSigner, StandardVerifier, VerifierList};

/// The key and the note of Go's `note` package's own example.
const PETER: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const PETERS_PRIVATE_KEY: &str = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const PETERS_NOTE: &str = "If you think cryptography is the answer to your problem,\n\
    then you don't know what your problem is.\n\
    \n\
    — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

const ORIGIN: &str = "portal.example/log";

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn verifier() -> VerifierKey {
    VerifierKey::new(ORIGIN, key().verifying_key().as_bytes()).unwrap()
}

fn checkpoint() -> Checkpoint {
    Checkpoint { origin: ORIGIN.to_owned(), size: 70_000, root: [0x5a; 32] }
}

/// As the server signs it.
fn signed(text: &str) -> String {
    use ed25519_dalek::ed25519::signature::Signer;
    let bytes = key().sign(text.as_bytes()).to_bytes();
    format!("{text}\n{}", signature(ORIGIN, verifier().id(), &bytes))
}

#[test]
fn the_note_of_the_specification_opens() {
    let key = VerifierKey::parse(PETER).unwrap();
    assert_eq!(key.to_string(), PETER);
    assert!(key.open(PETERS_NOTE).unwrap().ends_with("your problem is.\n"));
    assert_eq!(verifier().open(PETERS_NOTE), Err(InvalidNote::Unsigned));
}

#[test]
fn our_checkpoint_is_read_by_others() {
    let note = signed(&checkpoint().to_string());
    assert_eq!(Checkpoint::open(&note, &verifier()), Ok(checkpoint()));
    let theirs = StandardVerifier::new(&verifier().to_string()).unwrap();
    let (verified, _) = Note::from_bytes(note.as_bytes()).unwrap().verify(&VerifierList::new(vec![Box::new(theirs)])).unwrap();
    assert_eq!(verified.len(), 1);
    let read = tlog_tiles::checkpoint::Checkpoint::from_bytes(checkpoint().to_string().as_bytes()).unwrap();
    assert_eq!((read.origin(), read.size(), read.hash().0), (ORIGIN, 70_000, [0x5a; 32]));
}

#[test]
fn cosignatures_of_others_are_passed_over() {
    let mut note = Note::from_bytes(signed(&checkpoint().to_string()).as_bytes()).unwrap();
    note.add_sigs(&[&StandardSigner::new(PETERS_PRIVATE_KEY).unwrap()]).unwrap();
    let text = String::from_utf8(note.to_bytes()).unwrap();
    assert_eq!(text.lines().filter(|line| line.starts_with('—')).count(), 2);
    assert_eq!(Checkpoint::open(&text, &verifier()), Ok(checkpoint()));
    // One in our name, but of another key, is another's too.
    let renamed = format!("{}{}", signed(&checkpoint().to_string()), signature(ORIGIN, [0; 4], &[1; 72]));
    assert_eq!(Checkpoint::open(&renamed, &verifier()), Ok(checkpoint()));
    let forged = format!("{}{}", signed(&checkpoint().to_string()), signature(ORIGIN, verifier().id(), &[1; 64]));
    assert_eq!(Checkpoint::open(&forged, &verifier()), Err(InvalidCheckpoint::Note(InvalidNote::Forged)));
}

#[test]
fn no_changed_character_goes_through() {
    let note = signed(&checkpoint().to_string());
    for (place, c) in note.char_indices() {
        let other = if c == 'A' { 'B' } else { 'A' };
        let changed = format!("{}{other}{}", &note[..place], &note[place + c.len_utf8()..]);
        assert!(Checkpoint::open(&changed, &verifier()).is_err(), "{changed}");
    }
    for cut in [1, 2, 20] {
        assert!(Checkpoint::open(&note[..note.len() - cut], &verifier()).is_err());
    }
}

#[test]
fn what_is_signed_and_no_checkpoint_of_ours_is_refused() {
    let root = "WlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlo=";
    for text in [
        "portal.example/log\n070000\nROOT\n",
        "portal.example/log\n-1\nROOT\n",
        "portal.example/log\n18446744073709551616\nROOT\n",
        "portal.example/log\n7\nWlpa\n",
        "portal.example/log\n7\n",
        "portal.example/log\n7\nROOT\n\nmore\n",
        "\n7\nROOT\n",
    ] {
        let opened = Checkpoint::open(&signed(&text.replace("ROOT", root)), &verifier());
        assert_eq!(opened, Err(InvalidCheckpoint::Form), "{text}");
    }
    let other = Checkpoint { origin: "another.example/log".to_owned(), ..checkpoint() };
    assert_eq!(Checkpoint::open(&signed(&other.to_string()), &verifier()), Err(InvalidCheckpoint::Origin));
    // Extension lines may come.
    assert_eq!(Checkpoint::open(&signed(&format!("{}extension\n", checkpoint())), &verifier()), Ok(checkpoint()));
}

#[test]
fn a_verifier_key_is_read_in_one_spelling() {
    let text = verifier().to_string();
    assert_eq!(VerifierKey::parse(&text), Ok(verifier()));
    let (name, rest) = text.split_once('+').unwrap();
    let (hash, key) = rest.split_once('+').unwrap();
    let cases = [
        (String::new(), InvalidVerifierKey::Form),
        (format!("{name}+{hash}"), InvalidVerifierKey::Form),
        (format!("+{hash}+{key}"), InvalidVerifierKey::Form),
        (format!("a b+{hash}+{key}"), InvalidVerifierKey::Form),
        (format!("{name}+{hash}+!"), InvalidVerifierKey::Form),
        (format!("other+{hash}+{key}"), InvalidVerifierKey::Hash),
        (format!("{name}+00000000+{key}"), InvalidVerifierKey::Hash),
        (format!("{name}+{hash}+AAAA"), InvalidVerifierKey::Key),
        (format!("{name}+{hash}+AQAA"), InvalidVerifierKey::Key),
    ];
    for (text, expected) in cases {
        assert_eq!(VerifierKey::parse(&text), Err(expected), "{text}");
    }
}

/// As a witness answers it: the line of its cosignature.
fn cosigned(name: &str, witness: &SigningKey, time: u64, text: &str) -> String {
    use ed25519_dalek::ed25519::signature::Signer;
    let key = WitnessKey::new(name, witness.verifying_key().as_bytes()).unwrap();
    let signed = witness.sign(format!("cosignature/v1\ntime {time}\n{text}").as_bytes()).to_bytes();
    signature(name, key.id(), &[&time.to_be_bytes()[..], &signed].concat())
}

#[test]
fn a_cosignature_says_when_which_witness_saw_the_checkpoint() {
    let witness = SigningKey::from_bytes(&[9; 32]);
    let key = WitnessKey::new("witness.example/w1", witness.verifying_key().as_bytes()).unwrap();
    let text = checkpoint().to_string();
    let line = cosigned("witness.example/w1", &witness, 1_679_315_147, &text);
    assert_eq!(key.cosigned_at(&text, line.trim_end()), Some(1_679_315_147));
    // Read by others as a further signature, and by us as one of somebody unknown.
    let note = signed(&text) + &line;
    let theirs = VerifierList::new(vec![Box::new(StandardVerifier::new(&verifier().to_string()).unwrap())]);
    let (known, unknown) = Note::from_bytes(note.as_bytes()).unwrap().verify(&theirs).unwrap();
    assert_eq!((known.len(), unknown.len()), (1, 1));
    assert_eq!(Checkpoint::open(&note, &verifier()), Ok(checkpoint()));
    // Of another checkpoint, another key, another name, or said to be later: none.
    let other = Checkpoint { size: 70_001, ..checkpoint() }.to_string();
    assert_eq!(key.cosigned_at(&other, line.trim_end()), None);
    let forger = SigningKey::from_bytes(&[8; 32]);
    for line in [
        cosigned("witness.example/w1", &forger, 1_679_315_147, &text),
        cosigned("witness.example/w2", &witness, 1_679_315_147, &text),
        cosigned("witness.example/w1", &witness, u64::MAX, &text),
        signature("witness.example/w1", key.id(), &[0; 64]),
        "— witness.example/w1 AAAA\n".to_owned(),
        String::new(),
    ] {
        assert_eq!(key.cosigned_at(&text, line.trim_end()), None, "{line}");
    }
}

#[test]
fn a_witness_key_is_no_log_key_nor_the_other_way_round() {
    let witness = SigningKey::from_bytes(&[9; 32]);
    let key = WitnessKey::new("witness.example/w1", witness.verifying_key().as_bytes()).unwrap();
    assert_eq!(WitnessKey::parse(&key.to_string()), Ok(key.clone()));
    assert_eq!(VerifierKey::parse(&key.to_string()), Err(InvalidVerifierKey::Key));
    assert_eq!(WitnessKey::parse(&verifier().to_string()), Err(InvalidVerifierKey::Key));
}
