//! 信用修复申请表 or 异议申诉表, in Chinese: what an enterprise takes to the official entrance, from what it filed here.

use credit::attachment::Attachment;
use credit::enterprise::Enterprise;
use credit::filing::Instant;
use credit::form::{FormKind, Kind};
use credit::objection::disputable::is_undisputed;
use credit::person::Role;
use credit::registration::Content;
use credit::repair::{COMMITMENT, HAND_OVER};

use super::{Block, Paper};
use crate::time_text;
use crate::wording::life;
use crate::wording::repair_papers::{APPLICATION as WORDS, title};
use crate::wording::{Lang, answers};

/// What was filed.
pub struct Application<'a> {
    /// Which form.
    pub kind: FormKind,
    /// Who applies.
    pub enterprise: &'a Enterprise,
    /// Who filed it.
    pub agent: (&'a str, Role),
    /// When.
    pub filed_at: Instant,
    /// The number that people use.
    pub reference: &'a str,
    /// What was filed.
    pub content: &'a Content,
    /// Its files, each with its name in the package.
    pub proofs: &'a [(String, &'a Attachment)],
}

/// The form, filled in. What this site does not ask (numbers and telephones of persons) is left to be written by hand.
pub fn application(application: &Application<'_>) -> Paper {
    let row = |label: &str, answer: &str| Block::Row(label.to_owned(), answer.to_owned());
    let (agent, role) = application.agent;
    let mut blocks = vec![
        Block::Heading(WORDS.applicant.to_owned()),
        row(WORDS.name, &application.enterprise.name),
        row(WORDS.code, application.enterprise.code.as_str()),
        row(WORDS.representative, if role == Role::LegalRepresentative { agent } else { WORDS.by_hand }),
        row(WORDS.address, WORDS.by_hand),
        row(WORDS.agent, &life::with_role(agent, role, Lang::Zh)),
        row(WORDS.agent_number, WORDS.by_hand),
        row(WORDS.agent_telephone, WORDS.by_hand),
        Block::Heading(WORDS.matter.to_owned()),
    ];
    for field in application.kind.form().fields {
        let is_shown = field.kind != Kind::Files
            && ![HAND_OVER.name, COMMITMENT.name].contains(&field.name)
            && !is_undisputed(field, application.content);
        let answer = application.content.get(field.name).filter(|answer| is_shown && !answer.is_empty());
        blocks.extend(answer.map(|answer| row(field.label.zh, &answers::answer(field, answer, Lang::Zh))));
    }
    blocks.push(Block::Heading(WORDS.materials.to_owned()));
    let commitment = application.content.get(COMMITMENT.name).filter(|code| !code.is_empty());
    blocks.extend(commitment.map(|code| row(WORDS.commitment, &format!("{}{code}", WORDS.commitment_code))));
    blocks.extend(application.proofs.iter().map(|(name, proof)| row(name, &proof.name)));
    blocks.push(Block::Heading(WORDS.handling.to_owned()));
    blocks.push(row(WORDS.reference, application.reference));
    blocks.push(row(WORDS.filed_at, &time_text::second(application.filed_at)));
    blocks.push(row(WORDS.handling_number, WORDS.by_entrance));
    blocks.push(row(WORDS.first_opinion, WORDS.by_entrance));
    blocks.push(row(WORDS.second_opinion, WORDS.by_entrance));
    blocks.push(row(WORDS.seal, WORDS.blank));
    blocks.push(row(WORDS.date, WORDS.blank));
    Paper {
        title: title(application.kind).to_owned(),
        lang: Lang::Zh.tag(),
        foot: format!("{} · {}", Lang::Zh.words().frame.brand, application.reference),
        opening: blocks,
        sections: Vec::new(),
    }
}
