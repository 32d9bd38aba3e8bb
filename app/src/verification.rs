//! What is said of a receipt that was checked: the same on the page, in the browser and on the command line.

use chrono::NaiveDate;
use credit::acceptance::SignedHow;
use credit::bundle::{Bundle, Doubt, Proven};
use credit::commitment::state::CommitmentState;
use credit::commitment::statement::Statement;
use credit::filing::Standing;
use credit::log::note::VerifierKey;
use credit::masking::masked;

use crate::time_text;
use crate::wording::verdict::VERDICT;
use crate::wording::verifying::{of_doubt, signed_how};
use crate::wording::{Lang, life, public_commitments};

/// What is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Whether it holds.
    pub holds: bool,
    /// The result in a few words.
    pub heading: String,
    /// What it means, where that needs a sentence.
    pub meaning: Option<String>,
    /// Who, what, when.
    pub facts: Vec<(String, String)>,
    /// What was checked.
    pub checks: Vec<String>,
    /// What was filed, word by word.
    pub document: Option<String>,
}

/// Reads a file and checks it against this key.
///
/// # Errors
/// The first [`Doubt`].
pub fn check(file: &[u8], log: &VerifierKey) -> Result<(Bundle, Proven), Doubt> {
    let bundle = Bundle::found_in(file)?;
    let proven = bundle.prove(log)?;
    Ok((bundle, proven))
}

/// What is said of a file that was checked.
pub fn tell(file: &[u8], checked: &Result<(Bundle, Proven), Doubt>, today: NaiveDate, lang: Lang) -> Told {
    match checked {
        Ok((bundle, proven)) => {
            let mut told = held(bundle, proven, today, lang);
            told.meaning = file.starts_with(b"%PDF-").then(|| lang.say(VERDICT.of_paper).to_owned());
            told
        }
        Err(doubt) => tell_doubt(*doubt, lang),
    }
}

/// What is said of one that is not believed.
fn tell_doubt(doubt: Doubt, lang: Lang) -> Told {
    let (heading, meaning) = of_doubt(doubt);
    Told { heading: lang.say(heading).to_owned(), meaning: Some(lang.say(meaning).to_owned()), ..Told::default() }
}

fn held(bundle: &Bundle, proven: &Proven, today: NaiveDate, lang: Lang) -> Told {
    let acceptance = &proven.acceptance;
    let mut facts = vec![
        (VERDICT.who, format!("{} {}", acceptance.enterprise.name, acceptance.enterprise.code)),
        (VERDICT.matter, acceptance.matter.clone()),
    ];
    if let Some(code) = &acceptance.code {
        facts.push((VERDICT.commitment_code, code.clone()));
    }
    facts.push((VERDICT.reference, acceptance.reference.clone()));
    facts.push((VERDICT.accepted_at, time_text::second(acceptance.at)));
    if let Some(statement) = &proven.statement {
        facts.push((VERDICT.signed, signed_by(statement, lang)));
    }
    facts.push((VERDICT.signed_how, lang.say(signed_how(acceptance.signed)).to_owned()));
    if let Some(statement) = &proven.statement {
        facts.push((VERDICT.valid_until, validity(statement.valid_until, today, lang)));
    }
    facts.push((VERDICT.entry, bundle.accepted.index.to_string()));
    let mut checks = vec![VERDICT.check_form, VERDICT.check_checkpoint, VERDICT.check_entry, VERDICT.check_document];
    match acceptance.signed {
        SignedHow::Signed(_) => checks.extend([VERDICT.check_signature, VERDICT.check_enrolment]),
        SignedHow::Confirmed => checks.push(VERDICT.check_confirmed),
        SignedHow::Filed => checks.push(VERDICT.check_filed),
    }
    let heading = if acceptance.code.is_some() { VERDICT.holds_commitment } else { VERDICT.holds };
    Told {
        holds: true,
        heading: lang.say(heading).to_owned(),
        meaning: None,
        facts: facts.into_iter().map(|(label, answer)| (lang.say(label).to_owned(), answer)).collect(),
        checks: checks.into_iter().map(|check| lang.say(check).to_owned()).collect(),
        document: Some(bundle.document.clone()),
    }
}

/// Who signed, and as what.
pub fn signed_by(statement: &Statement, lang: Lang) -> String {
    life::with_role(&statement.signer, statement.signer_role, lang)
}

/// The last day of validity, and whether it is past.
pub fn validity(last: Option<NaiveDate>, today: NaiveDate, lang: Lang) -> String {
    let Some(last) = last else { return lang.say(VERDICT.no_end).to_owned() };
    let state = lang.say(if last < today { VERDICT.ended } else { VERDICT.not_ended });
    match lang {
        Lang::Zh => format!("{last}（{state}）"),
        Lang::En => format!("{last} ({state})"),
    }
}

/// What became of a commitment that was granted, and who found so on which day.
pub fn standing_now(standing: &Standing, valid_until: Option<NaiveDate>, today: NaiveDate, lang: Lang) -> (String, String) {
    let mut answer = lang.say(public_commitments::state(CommitmentState::of(standing, valid_until, today))).to_owned();
    if let Some(found) = &standing.performance {
        answer = format!("{answer} · {} · {}", masked(&found.found_by), found.found_on);
    }
    (lang.say(VERDICT.now).to_owned(), answer)
}
