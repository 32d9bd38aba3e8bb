//! What must hold in a template beyond its shape.

use credit::commitment::filling::{NOT_FILLED, NOT_SHOWN, Piece, pieces};
use credit::commitment::template::{Blank, BlankAudience, BlankKind, MOST_BY_DEFAULT, PublicationTerm, Validity, Written};
use credit::commitment::{CommitmentKind, MOST_MATTER, MOST_TEXT, Scope, VALID_UNTIL_BLANK};
use credit::person::Role;

use super::wordings;

/// Where (`blanks.0.name`), and what is wrong there: a sentence without its full stop.
pub type Wrong = (String, String);

/// The longest id. With the version it stays within what a filed commitment holds of it.
const LONGEST_ID: usize = 40;
/// The longest title or name.
const LONGEST_NAME: usize = 200;

/// Everything that is wrong.
pub fn check(written: &Written) -> Vec<Wrong> {
    let mut wrong = wordings::check(written);
    wrong.extend(whole(written));
    for (at, blank) in written.blanks.iter().enumerate() {
        wrong.extend(of_blank(blank).into_iter().map(|(member, what)| (format!("blanks.{at}{member}"), what)));
        if written.blanks.iter().take(at).any(|other| other.name == blank.name) {
            wrong.push((format!("blanks.{at}.name"), format!("there is another blank {:?}", blank.name)));
        }
    }
    wrong.extend(uses(written));
    wrong.extend(lengths(written));
    wrong
}

fn whole(written: &Written) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    let mut unless = |holds: bool, at: &str, what: &str| {
        if !holds {
            wrong.push((at.to_owned(), what.to_owned()));
        }
    };
    let id = !written.id.is_empty()
        && written.id.len() <= LONGEST_ID
        && written.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    unless(id, "id", "it must be at most 40 lower-case letters, digits and hyphens");
    unless(written.version > 0, "version", "versions begin with 1");
    unless(!written.bases.is_empty(), "bases", "a commitment needs at least one basis");
    unless(!written.text.is_empty(), "text", "nothing is pledged");
    unless(!written.liability.is_empty(), "liability", "no liability is named");
    unless(
        written.notice.is_some() || !written.kind.needs_notice(),
        "kind",
        "a notice-and-commitment must be preceded by its notice: [notice] is missing",
    );
    unless(written.notice.as_ref().is_none_or(|notice| !notice.to_prove.is_empty()), "notice.to_prove", "nothing is to be proven");
    let until = written.blanks.iter().find(|blank| blank.name == VALID_UNTIL_BLANK);
    match written.validity {
        Validity::UntilBlank => unless(
            until.is_some_and(|blank| blank.kind == BlankKind::Date && !blank.optional),
            "validity",
            "until_blank needs a required blank valid_until of kind date",
        ),
        Validity::Days(0) | Validity::Months(0) | Validity::Years(0) => unless(false, "validity", "a term of 0 is none"),
        _ => unless(until.is_none(), "validity", "there is a blank valid_until: then it must be until_blank"),
    }
    let term = match (written.scope, written.publication_term) {
        (_, PublicationTerm::Months(0) | PublicationTerm::Years(0)) => false,
        (Scope::Public, term) => term != PublicationTerm::None,
        (Scope::Limited, _) => true,
        (Scope::NotPublic, term) => term == PublicationTerm::None,
    };
    unless(term, "publication_term", "it must fit the scope: a term for what is public, none for what is not");
    // Order 36: a repair needs a public commitment.
    let public = written.kind != CommitmentKind::Repair || written.scope == Scope::Public;
    unless(public, "scope", "a commitment for credit repair has to be public");
    let roles = &written.signers;
    let doubled = roles.iter().enumerate().any(|(at, role)| roles[..at].contains(role));
    unless(
        !roles.is_empty() && !roles.contains(&Role::Agent) && !doubled,
        "signers",
        "it must name legal_representative, administrator or both, each once",
    );
    wrong
}

fn of_blank(blank: &Blank) -> Vec<(&'static str, String)> {
    let mut wrong = Vec::new();
    let mut unless = |holds: bool, at: &'static str, what: &str| {
        if !holds {
            wrong.push((at, what.to_owned()));
        }
    };
    let name = blank.name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    unless(name && blank.name.len() <= LONGEST_ID, ".name", "it must be at most 40 lower-case letters, digits and _");
    let is_text = matches!(blank.kind, BlankKind::Line | BlankKind::Paragraph);
    unless(blank.most.is_none() || is_text, ".most", "only line and paragraph have a limit");
    unless(blank.most.is_none_or(|most| (1..=MOST_TEXT).contains(&most)), ".most", "it must be from 1 to 4000");
    unless(blank.unit.is_some() == (blank.kind == BlankKind::Whole), "", "a whole number needs a unit, nothing else has one");
    unless(blank.least.is_none() || blank.kind == BlankKind::Whole, ".least", "only a whole number has a smallest");
    let is_choice = blank.kind == BlankKind::Choice;
    unless(
        if is_choice { blank.answers.len() > 1 } else { blank.answers.is_empty() },
        "",
        "a choice needs two answers or more, nothing else has any",
    );
    let doubled =
        blank.answers.iter().enumerate().any(|(at, one)| blank.answers[..at].iter().any(|other| other.value == one.value));
    unless(!doubled, ".answers", "two answers have the same value");
    wrong
}

/// Every blank of the texts is declared, and every declared one is used.
fn uses(written: &Written) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    let mut used = Vec::new();
    let matter = std::iter::once(("matter".to_owned(), &written.matter));
    let text = written.text.iter().enumerate().map(|(at, line)| (format!("text.{at}"), line));
    let liability = written.liability.iter().enumerate().map(|(at, line)| (format!("liability.{at}"), line));
    for (at, paragraph) in matter.chain(text).chain(liability) {
        for piece in pieces(paragraph) {
            match piece {
                Piece::Words(words) if words.contains("{{") || words.contains("}}") => {
                    wrong.push((at.clone(), "a blank is opened or closed only on one side".into()));
                }
                Piece::Words(_) => {}
                Piece::Blank(name) => match written.blanks.iter().find(|blank| blank.name == name) {
                    None => wrong.push((at.clone(), format!("the blank {name:?} is not declared"))),
                    Some(blank) => {
                        used.push(blank.name.as_str());
                        if blank.audience == BlankAudience::Platform && !at.starts_with("text.") {
                            wrong.push((
                                at.clone(),
                                format!("the blank {name:?} is for the platform only: it may stand in text only"),
                            ));
                        }
                    }
                },
            }
        }
    }
    for (at, blank) in written.blanks.iter().enumerate() {
        if !used.contains(&blank.name.as_str()) {
            wrong.push((format!("blanks.{at}.name"), format!("the blank {:?} is declared and never used", blank.name)));
        }
    }
    wrong
}

/// However long the answers are, what is filed is not too long for the platform.
fn lengths(written: &Written) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    let longest = |paragraphs: &[String]| -> usize {
        let lines = paragraphs.iter().map(|paragraph| longest_filled(paragraph, written) + 1);
        lines.sum()
    };
    let mut within = |at: &str, found: usize, most: usize| {
        if found > most {
            wrong.push((at.to_owned(), format!("with the longest answers it has {found} characters; at most {most} are taken")));
        }
    };
    within("title.zh", written.title.zh.chars().count(), LONGEST_NAME);
    within("authority.name", written.authority.name.chars().count(), LONGEST_NAME);
    within("matter", longest_filled(&written.matter, written), MOST_MATTER.into());
    within("text", longest(&written.text), MOST_TEXT.into());
    within("liability", longest(&written.liability), MOST_TEXT.into());
    wrong
}

fn longest_filled(paragraph: &str, written: &Written) -> usize {
    let length = |piece: &Piece<'_>| match piece {
        Piece::Words(words) => words.chars().count(),
        Piece::Blank(name) => written.blanks.iter().find(|blank| blank.name == *name).map_or(0, longest_answer),
    };
    pieces(paragraph).iter().map(length).sum()
}

fn longest_answer(blank: &Blank) -> usize {
    let instead = NOT_FILLED.chars().count().max(NOT_SHOWN.chars().count());
    let count = |text: &str| text.chars().count();
    let answer = match blank.kind {
        BlankKind::Line | BlankKind::Paragraph => blank.most.unwrap_or(MOST_BY_DEFAULT).into(),
        BlankKind::Date => count("2199年12月31日"),
        BlankKind::Whole => 12 + blank.unit.as_ref().map_or(0, |unit| count(&unit.zh)),
        BlankKind::Money => count("999999999999.99元"),
        BlankKind::Choice => blank.answers.iter().map(|answer| count(&answer.label.zh)).max().unwrap_or(0),
        BlankKind::CreditCode => credit::credit_code::LENGTH,
    };
    answer.max(instead)
}
