//! The certificate of an acceptance, in Chinese: what was filed, by whom and when, how it was signed, and where the public log
//! holds it.

use credit::acceptance::sha256;
use credit::bundle::{Bundle, Proven};
use credit::hexadecimal;
use credit::signing::fingerprint;

use super::{Block, Paper};
use crate::time_text;
use crate::verification::signed_by;
use crate::wording::Lang;
use crate::wording::verdict::VERDICT;
use crate::wording::verifying::{WORDS, signed_how};

/// The certificate. `address`: where it is verified.
pub fn certificate(bundle: &Bundle, proven: &Proven, address: String) -> Paper {
    let acceptance = &proven.acceptance;
    let row = |label: credit::form::Phrase, answer: String| Block::Row(label.zh.to_owned(), answer);
    let mut blocks = vec![
        Block::Code(address, WORDS.code_note.zh.to_owned()),
        Block::Heading(WORDS.accepted_heading.zh.to_owned()),
        row(VERDICT.who, format!("{}\n{}", acceptance.enterprise.name, acceptance.enterprise.code)),
        row(VERDICT.matter, acceptance.matter.clone()),
        row(VERDICT.reference, acceptance.reference.clone()),
    ];
    if let Some(code) = &acceptance.code {
        blocks.push(row(VERDICT.commitment_code, code.clone()));
    }
    blocks.push(row(VERDICT.accepted_at, time_text::second(acceptance.at)));
    if let Some(statement) = &proven.statement {
        blocks.push(row(VERDICT.signed, signed_by(statement, Lang::Zh)));
    }
    blocks.push(row(VERDICT.signed_how, signed_how(acceptance.signed).zh.to_owned()));
    if let Some(signed) = &bundle.signed {
        blocks.push(row(WORDS.signature, signed.signature.hexadecimal()));
        blocks.push(row(WORDS.key_fingerprint, fingerprint(&signed.key)));
    }
    blocks.push(row(WORDS.fingerprint, hexadecimal::write(&acceptance.document)));
    blocks.push(row(WORDS.acceptance_fingerprint, hexadecimal::write(&sha256(bundle.acceptance.as_bytes()))));
    blocks.push(row(VERDICT.entry, bundle.accepted.index.to_string()));
    blocks.push(Block::Heading(WORDS.document.zh.to_owned()));
    blocks.extend(bundle.document.lines().map(|line| Block::Text(line.to_owned())));
    blocks.push(Block::Heading(WORDS.log_heading.zh.to_owned()));
    blocks.extend(bundle.checkpoint.lines().filter(|line| !line.is_empty()).map(|line| Block::Text(line.to_owned())));
    Paper {
        title: WORDS.certificate_title.zh.to_owned(),
        lang: Lang::Zh.tag(),
        foot: format!("{} · {}", Lang::Zh.words().frame.brand, acceptance.reference),
        opening: blocks,
        sections: Vec::new(),
    }
}
