//! 信用修复结果证明, in Chinese: for sites that still show a record whose repair was granted. It says only what the platform said.

use credit::filing::Instant;
use credit::form::Field;
use credit::record::Channel;
use credit::repair::{AUTHORITY, AUTHORITY_CODE, CHANNEL, DECIDED_ON, DOCUMENT_NUMBER, PENALTY_KIND, RECORD};
use credit::{enterprise::Enterprise, registration::Content};

use super::{Block, Paper};
use crate::time_text;
use crate::wording::{Lang, answers, repair_papers, verifying};

use repair_papers::{APPLICATION, RESULT as WORDS};

/// What it says.
pub struct RepairResult<'a> {
    /// Whose record it was.
    pub enterprise: &'a Enterprise,
    /// The number of the application.
    pub reference: &'a str,
    /// What was filed.
    pub content: &'a Content,
    /// When the platform decided.
    pub decided_at: Instant,
    /// What was said with it.
    pub note: Option<&'a str>,
    /// Who handled it, as the platform said.
    pub handler: Option<&'a str>,
    /// SHA-256 of the acceptance, hexadecimal; none of what was accepted before there were receipts.
    pub fingerprint: Option<String>,
    /// Where the receipt is verified.
    pub address: String,
}

/// The proof.
pub fn repair_result(result: &RepairResult<'_>) -> Paper {
    let row = |label: &str, answer: &str| Block::Row(label.to_owned(), answer.to_owned());
    let mut blocks = vec![
        Block::Code(result.address.clone(), WORDS.code_note.to_owned()),
        Block::Heading(WORDS.enterprise.to_owned()),
        row(APPLICATION.name, &result.enterprise.name),
        row(APPLICATION.code, result.enterprise.code.as_str()),
        Block::Heading(WORDS.record.to_owned()),
    ];
    let fields: [&Field; 7] = [&RECORD, &DOCUMENT_NUMBER, &AUTHORITY, &AUTHORITY_CODE, &PENALTY_KIND, &DECIDED_ON, &CHANNEL];
    blocks.extend(fields.into_iter().filter_map(|field| {
        let answer = result.content.get(field.name).filter(|answer| !answer.is_empty())?;
        Some(row(field.label.zh, &answers::answer(field, answer, Lang::Zh)))
    }));
    blocks.push(Block::Heading(WORDS.result.to_owned()));
    blocks.push(row(WORDS.decision, WORDS.granted));
    blocks.extend(result.note.map(|note| row(WORDS.note, note)));
    blocks.extend(result.handler.map(|handler| row(WORDS.handler, handler)));
    blocks.push(row(WORDS.told_by, WORDS.platform));
    blocks.push(row(WORDS.decided_at, &time_text::second(result.decided_at)));
    blocks.push(Block::Heading(WORDS.elsewhere.to_owned()));
    let is_of_market = result.content.get(CHANNEL.name).is_some_and(|channel| channel == Channel::Gsxt.name());
    let stopped = if is_of_market { WORDS.stopped_by_market } else { WORDS.stopped };
    blocks.push(Block::Text(format!("{stopped}{}", WORDS.prevails)));
    blocks.push(Block::Text(WORDS.how_to_ask.to_owned()));
    blocks.push(Block::Heading(WORDS.application.to_owned()));
    blocks.push(row(WORDS.reference, result.reference));
    blocks.extend(result.fingerprint.as_deref().map(|fingerprint| row(verifying::WORDS.acceptance_fingerprint.zh, fingerprint)));
    blocks.push(Block::Text(WORDS.limits.to_owned()));
    Paper {
        title: WORDS.title.to_owned(),
        lang: Lang::Zh.tag(),
        foot: format!("{} · {}", Lang::Zh.words().frame.brand, result.reference),
        opening: blocks,
        sections: Vec::new(),
    }
}
