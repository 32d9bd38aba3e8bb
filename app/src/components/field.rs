//! One field of a form, made from its declaration.

use credit::form::{Answer, Audience, Disclosure, Field, Kind, Need};
use leptos::prelude::*;

use super::error_summary::control_id;
use crate::wording::{Lang, answers};

/// What the platform said of a field when it sent the filing back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The comment.
    pub comment: String,
    /// What had been filed there.
    pub was: String,
}

/// Everything a field shows beside its declaration.
#[derive(Clone, Debug, Default)]
pub struct FieldState {
    /// What was typed.
    pub typed: String,
    /// How much of it strangers will see, where the enterprise chooses.
    pub disclosure: Disclosure,
    /// What is wrong with it.
    pub problem: Option<String>,
    /// What the platform said of it.
    pub remark: Option<Remark>,
    /// A line about it that comes from data: what a record says now, what serves as proof.
    pub note: Option<String>,
}

/// The field: label, hint, remark, problem, control.
pub fn field(declared: &'static Field, state: FieldState, lang: Lang) -> AnyView {
    let id = control_id(declared.name);
    let parts = Parts { id: id.clone(), declared, lang, invalid: state.problem.is_some() };
    let class = if state.problem.is_some() { "field field--problem" } else { "field" };
    let name = declared.name;
    match declared.kind {
        Kind::Choice(answers) if answers.len() > MOST_BUTTONS => view! {
            <div class=class data-field=name>
                <label class="field__label" for=id>{parts.label_words()}</label>
                {parts.explanations(&state)}
                {parts.select(answers, &state.typed)}
            </div>
        }
        .into_any(),
        Kind::Choice(answers) => view! {
            <fieldset class=class data-field=name aria-describedby=parts.described_by()>
                <legend class="field__label">{parts.label_words()}</legend>
                {parts.explanations(&state)}
                <div class="choices">{choices(&parts, answers, &state.typed)}</div>
            </fieldset>
        }
        .into_any(),
        Kind::Tick => {
            let ticked = !state.typed.trim().is_empty();
            view! {
                <div class=format!("{class} field--tick") data-field=name>
                    <div class="choice">
                        <input class="choice__control" type="checkbox" id=id.clone() name=name value="yes" checked=ticked aria-describedby=parts.described_by() />
                        <label class="choice__label" for=id>{lang.say(declared.label)}</label>
                    </div>
                    {parts.explanations(&state)}
                </div>
            }
            .into_any()
        }
        Kind::Files => view! {
            <div class=class data-field=name>
                <label class="field__label" for=id.clone()>{parts.label_words()}</label>
                {parts.explanations(&state)}
                <input class="control control--file" type="file" id=id name=name multiple=true
                    accept=".pdf,.jpg,.jpeg,.png,.heic,.ofd,application/pdf,image/jpeg,image/png,image/heic,application/ofd" aria-describedby=parts.described_by() />
            </div>
        }
        .into_any(),
        _ => view! {
            <div class=class data-field=name>
                <label class="field__label" for=id>{parts.label_words()}</label>
                {parts.explanations(&state)}
                {parts.text_control(&state.typed)}
                {parts.disclosure(state.disclosure)}
            </div>
        }
        .into_any(),
    }
}

/// A choice among more answers than these is a list to open, not a row of buttons.
const MOST_BUTTONS: usize = 8;

struct Parts {
    id: String,
    declared: &'static Field,
    lang: Lang,
    invalid: bool,
}

impl Parts {
    fn label_words(&self) -> String {
        let words = &self.lang.words().form;
        let optional = match self.declared.need {
            Need::Required => "",
            Need::Optional => words.optional,
            Need::Depends => words.depends,
        };
        format!("{}{optional}", self.lang.say(self.declared.label))
    }

    fn described_by(&self) -> String {
        let unit = if self.declared.kind.unit().is_some() { format!(" {}-unit", self.id) } else { String::new() };
        format!("{id}-hint {id}-problem{unit}", id = self.id)
    }

    /// Hint and audience, the platform's remark, and the place for the problem (always there, for the browser to fill).
    fn explanations(&self, state: &FieldState) -> AnyView {
        let words = &self.lang.words().form;
        let colon = self.lang.words().frame.colon;
        let audience = match self.declared.audience {
            Audience::Public => words.public,
            Audience::Chosen => words.chosen,
            Audience::Platform => words.platform_only,
        };
        let hint = self.lang.say(self.declared.hint);
        let hint = (!hint.is_empty()).then(|| view! { <span class="field__hint-text">{hint}</span> });
        let remark = state.remark.clone().map(|remark| {
            view! {
                <div class="field__remark">
                    <p><strong>{words.returned_comment}</strong>{colon}{remark.comment}</p>
                    {(!remark.was.is_empty()).then(|| view! { <p>{words.returned_value}{colon}{answers::answer(self.declared, &remark.was, self.lang)}</p> })}
                </div>
            }
        });
        let problem = state.problem.clone();
        let none = problem.is_none();
        let note = state.note.clone().map(|note| view! { <span class="field__hint-text">{note}</span> });
        view! {
            <p class="field__hint" id=format!("{}-hint", self.id)>
                {note}
                {hint}
                <span class="field__audience">{audience}</span>
            </p>
            {remark}
            <p class="field__problem" id=format!("{}-problem", self.id) hidden=none>
                <span class="unseen">{words.problem_prefix}</span>
                <span class="field__problem-text">{problem.unwrap_or_default()}</span>
            </p>
        }
        .into_any()
    }

    fn text_control(&self, typed: &str) -> AnyView {
        if let Kind::Paragraph { .. } = self.declared.kind {
            return view! {
                <textarea class="control" rows="4" id=self.id.clone() name=self.declared.name autocomplete="off"
                    aria-describedby=self.described_by() aria-invalid=self.invalid.then_some("true")>{typed.to_owned()}</textarea>
            }
            .into_any();
        }
        let (width, mode) = match self.declared.kind {
            Kind::Date => ("control control--date", "text"),
            Kind::Year => ("control control--number", "numeric"),
            Kind::Whole { .. } => ("control control--number", "numeric"),
            Kind::Money(_) => ("control control--number", "decimal"),
            Kind::CreditCode => ("control control--code", "text"),
            Kind::WebAddress => ("control", "url"),
            Kind::Line { most } if most <= 100 => ("control control--medium", "text"),
            _ => ("control", "text"),
        };
        let control = view! {
            <input class=width type="text" id=self.id.clone() name=self.declared.name value=typed.to_owned() inputmode=mode
                spellcheck="false" autocomplete="off" aria-describedby=self.described_by() aria-invalid=self.invalid.then_some("true") />
        };
        match self.declared.kind.unit() {
            Some(unit) => view! { <div class="with-unit">{control}<span class="with-unit__unit" id=format!("{}-unit", self.id)>{self.lang.say(unit)}</span></div> }.into_any(),
            None => control.into_any(),
        }
    }

    fn select(&self, answers: &'static [Answer], typed: &str) -> AnyView {
        let options: Vec<_> = answers
            .iter()
            .map(
                |answer| view! { <option value=answer.value selected=typed == answer.value>{self.lang.say(answer.label)}</option> },
            )
            .collect();
        view! {
            <select class="control" id=self.id.clone() name=self.declared.name aria-describedby=self.described_by()
                aria-invalid=self.invalid.then_some("true")>
                <option value="">{self.lang.words().form.choose}</option>
                {options}
            </select>
        }
        .into_any()
    }

    /// How much strangers will see, where the enterprise chooses; hidden is what it is until somebody chooses otherwise.
    fn disclosure(&self, chosen: Disclosure) -> Option<AnyView> {
        let offered = self.declared.disclosures();
        if offered.is_empty() {
            return None;
        }
        let words = &self.lang.words().form;
        let id = format!("{}-public", self.id);
        let options: Vec<_> = offered
            .iter()
            .map(|disclosure| {
                let label = match disclosure {
                    Disclosure::Hidden => words.disclosure_hidden,
                    Disclosure::Range => words.disclosure_range,
                    Disclosure::Full => words.disclosure_full,
                };
                view! { <option value=disclosure.name() selected=*disclosure == chosen>{label}</option> }
            })
            .collect();
        Some(
            view! {
                <div class="disclosure">
                    <label class="disclosure__label" for=id.clone()>{words.disclosure}<span class="unseen">{self.lang.words().frame.colon}{self.lang.say(self.declared.label)}</span></label>
                    <select class="control disclosure__control" id=id name=self.declared.disclosure_name() autocomplete="off">{options}</select>
                </div>
            }
            .into_any(),
        )
    }
}

/// The first choice carries the field's own id, so that a link from the summary lands on it.
fn choices(parts: &Parts, answers: &'static [Answer], typed: &str) -> Vec<AnyView> {
    // Whoever may leave it out can also take back what was chosen by mistake.
    let none = (parts.declared.need != Need::Required).then_some(("", parts.lang.words().form.leave_out));
    let labelled = answers.iter().map(|answer| (answer.value, parts.lang.say(answer.label)));
    none.into_iter()
        .chain(labelled)
        .enumerate()
        .map(|(at, (value, label))| {
            let id = if at == 0 { parts.id.clone() } else { format!("{}-{value}", parts.id) };
            view! {
                <div class="choice">
                    <input class="choice__control" type="radio" id=id.clone() name=parts.declared.name value=value checked=typed == value />
                    <label class="choice__label" for=id>{label}</label>
                </div>
            }
            .into_any()
        })
        .collect()
}
