//! An enterprise's own commitments, by what is to be done with them.

use chrono::NaiveDate;
use credit::commitment::state::CommitmentState;
use credit::filing::{Decision, Instant, Standing, State};
use credit::form::FormKind;
use credit::news::days_left;
use credit::repair::HandOver;
use leptos::prelude::*;

use crate::components::button::{Weight, link};
use crate::components::pagination::pagination;
use crate::components::status_tag::status_tag;
use crate::components::task_list::{Task, task_list};
use crate::shell::Page;
use crate::time_text;
use crate::wording::my_commitments::{WORDS, asked};
use crate::wording::{Lang, life, life::Tone, news, public_commitments};

/// A draft that waits for a signature.
pub struct ToSignEntry {
    /// The draft's id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Who asks.
    pub by: String,
    /// When.
    pub at: Instant,
}

/// A draft of a commitment.
pub struct CommitmentDraft {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// When it last changed.
    pub changed_at: Instant,
    /// By whom.
    pub changed_by: String,
}

/// A commitment that was filed.
pub struct OwnCommitment {
    /// The filing.
    pub filing_id: String,
    /// 承诺编码.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// 受理单位.
    pub authority: String,
    /// The last day on which it is valid, if it ends.
    pub valid_until: Option<NaiveDate>,
    /// Where the filing stands.
    pub standing: Standing,
}

/// The page's data.
pub struct MyCommitments {
    /// What waits for a signature, latest request first.
    pub to_sign: Vec<ToSignEntry>,
    /// Whether who looks may sign.
    pub may_sign: bool,
    /// Drafts, latest change first.
    pub drafts: Vec<CommitmentDraft>,
    /// What was filed, newest first.
    pub filed: Vec<OwnCommitment>,
    /// Where older ones are.
    pub older: Option<String>,
    /// Whether this is not the first page.
    pub further: bool,
    /// The day in Shanghai.
    pub today: NaiveDate,
}

/// Where a commitment belongs in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    UnderWay,
    Due(u64),
    InForce,
    Expired,
    Ended,
}

impl OwnCommitment {
    fn place(&self, today: NaiveDate) -> Place {
        match &self.standing.state {
            State::Accepted | State::Forwarded { .. } | State::UnderReview { .. } | State::Returned { .. } => Place::UnderWay,
            State::Decided(Decision::Granted { .. }) => match CommitmentState::of(&self.standing, self.valid_until, today) {
                CommitmentState::InForce => {
                    self.valid_until.and_then(|last| days_left(last, today)).map_or(Place::InForce, Place::Due)
                }
                CommitmentState::Expired => Place::Expired,
                CommitmentState::Withdrawn | CommitmentState::Found(_) => Place::Ended,
            },
            _ => Place::Ended,
        }
    }

    fn tag(&self, place: Place, today: NaiveDate, lang: Lang) -> AnyView {
        match place {
            Place::Due(days) => status_tag(Tone::Act, news::days_left(days, lang)),
            _ if self.standing.holds() => {
                let state = CommitmentState::of(&self.standing, self.valid_until, today);
                status_tag(public_commitments::tone(state), lang.say(public_commitments::state(state)))
            }
            _ => {
                let state = life::state(FormKind::Commitment, HandOver::Platform, &self.standing, lang);
                status_tag(state.tone, state.name)
            }
        }
    }
}

/// The page.
pub fn my_commitments(page: MyCommitments, lang: Lang) -> Page {
    let title = lang.say(WORDS.title);
    let today = page.today;
    let mut groups: [(&'static str, &'static str, Vec<Task>); 5] = [
        ("under-way", lang.say(WORDS.under_way), vec![]),
        ("due", lang.say(WORDS.due), vec![]),
        ("in-force", lang.say(WORDS.in_force), vec![]),
        ("expired", lang.say(WORDS.expired), vec![]),
        ("ended", lang.say(WORDS.ended), vec![]),
    ];
    for one in &page.filed {
        let place = one.place(today);
        let at = match place {
            Place::UnderWay => 0,
            Place::Due(_) => 1,
            Place::InForce => 2,
            Place::Expired => 3,
            Place::Ended => 4,
        };
        groups[at].2.push(filed_task(one, place, today, lang));
    }
    let begun = (!page.further).then(|| {
        let heading = lang.say(if page.may_sign { WORDS.to_sign } else { WORDS.to_sign_other });
        let to_sign = page.to_sign.into_iter().map(|entry| to_sign_task(entry, lang)).collect();
        let drafts = page.drafts.into_iter().map(|draft| draft_task(draft, lang)).collect();
        view! {
            {section("to-sign", heading, to_sign, Some(lang.say(WORDS.to_sign_none)))}
            {section("drafts", lang.say(WORDS.drafts), drafts, Some(lang.say(WORDS.drafts_none)))}
        }
    });
    let filed: Vec<_> = groups
        .into_iter()
        .map(|(id, heading, tasks)| {
            let none = (id == "in-force" && !page.further).then(|| lang.say(WORDS.in_force_none));
            section(id, heading, tasks, none)
        })
        .collect();
    let body = view! {
        <h1>{title}</h1>
        <p class="lead">{lang.say(WORDS.lead)}</p>
        <p class="actions">
            {link(Weight::Main, "/commitments/templates", lang.say(WORDS.begin))}
            {link(Weight::Other, "/signing-keys", lang.say(WORDS.keys))}
        </p>
        {begun}
        {filed}
        {pagination(page.older, page.further.then(|| "/commitments/mine".to_owned()), lang)}
    };
    Page {
        title: title.into(),
        above: vec![(lang.words().frame.home.into(), "/")],
        problems: false,
        island: None,
        body: body.into_any(),
    }
}

/// A group; one without entries is left out unless there are words for that.
fn section(id: &'static str, heading: &'static str, tasks: Vec<Task>, none: Option<&'static str>) -> Option<AnyView> {
    let list = match (tasks.is_empty(), none) {
        (false, _) => task_list(tasks),
        (true, Some(none)) => view! { <p>{none}</p> }.into_any(),
        (true, None) => return None,
    };
    Some(view! { <section aria-labelledby=id><h2 id=id>{heading}</h2>{list}</section> }.into_any())
}

/// What waits for the visitor's own signature, as a section of a page that is about more; nothing if nothing waits.
pub(super) fn waiting_for_you(to_sign: Vec<ToSignEntry>, lang: Lang) -> Option<AnyView> {
    let tasks: Vec<Task> = to_sign.into_iter().map(|entry| to_sign_task(entry, lang)).collect();
    section("to-sign", lang.say(WORDS.to_sign), tasks, None)
}

fn to_sign_task(entry: ToSignEntry, lang: Lang) -> Task {
    Task {
        href: format!("/drafts/{}/review", entry.id),
        name: entry.title,
        line: asked(&entry.by, &time_text::minute(entry.at), lang),
        state: Some(status_tag(Tone::Act, lang.say(WORDS.to_sign_other))),
        other: None,
    }
}

fn draft_task(draft: CommitmentDraft, lang: Lang) -> Task {
    let words = &lang.words().desk;
    Task {
        href: format!("/drafts/{}", draft.id),
        line: format!("{} {} · {}", words.changed, time_text::minute(draft.changed_at), draft.changed_by),
        state: None,
        other: Some((format!("/drafts/{}/deletion", draft.id), words.delete, format!("{} {}", words.delete, draft.title))),
        name: draft.title,
    }
}

fn filed_task(one: &OwnCommitment, place: Place, today: NaiveDate, lang: Lang) -> Task {
    let until = match one.valid_until {
        Some(day) => format!("{} {day}", lang.say(WORDS.valid_until)),
        None => lang.say(WORDS.no_end).to_owned(),
    };
    Task {
        href: format!("/filings/{}", one.filing_id),
        name: one.title.clone(),
        line: [one.authority.clone(), until, one.code.clone()].join(" · "),
        state: Some(one.tag(place, today, lang)),
        other: None,
    }
}

#[cfg(test)]
mod tests {
    use credit::filing::{Happening, Verification};

    use super::*;

    fn place(happenings: &[Happening], valid_until: &str) -> Place {
        let standing =
            happenings.iter().fold(Standing::accepted(), |standing, happening| standing.apply(happening).expect("it follows"));
        let one = OwnCommitment {
            filing_id: String::new(),
            code: String::new(),
            title: String::new(),
            authority: String::new(),
            valid_until: valid_until.parse().ok(),
            standing,
        };
        one.place("2026-11-24".parse().expect("a day"))
    }

    #[test]
    fn a_commitment_stands_where_something_is_to_be_done_with_it() {
        let granted = Happening::Decided(Decision::Granted { verification: Verification::Verified, note: None });
        assert_eq!(place(&[], "2026-12-01"), Place::UnderWay);
        let granted = [granted];
        assert_eq!(place(&granted, ""), Place::InForce);
        assert_eq!(place(&granted, "2026-12-25"), Place::InForce);
        assert_eq!(place(&granted, "2026-12-24"), Place::Due(30));
        assert_eq!(place(&granted, "2026-11-24"), Place::Due(0));
        assert_eq!(place(&granted, "2026-11-23"), Place::Expired);
        assert_eq!(place(&[granted[0].clone(), Happening::Revoked], "2026-11-23"), Place::Ended);
        assert_eq!(place(&[Happening::Withdrawn], ""), Place::Ended);
    }
}
