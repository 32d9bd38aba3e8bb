//! One field of a form, made from its declaration.

use credit::form::{Answer, Audience, Field, Kind, Need};
use leptos::prelude::*;

use super::error_summary::control_id;
use crate::wording::Lang;

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
    /// What is wrong with it.
    pub problem: Option<String>,
    /// What the platform said of it.
    pub remark: Option<Remark>,
}

/// The field: label, hint, remark, problem, control.
pub fn field(declared: &'static Field, state: FieldState, lang: Lang) -> AnyView {
    let id = control_id(declared.name);
    let parts = Parts { id: id.clone(), declared, lang, invalid: state.problem.is_some() };
    let class = if state.problem.is_some() { "field field--problem" } else { "field" };
    let name = declared.name;
    match declared.kind {
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
                    accept=".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png" aria-describedby=parts.described_by() />
            </div>
        }
        .into_any(),
        Kind::Line { .. } | Kind::Date | Kind::CreditCode | Kind::WebAddress => view! {
            <div class=class data-field=name>
                <label class="field__label" for=id>{parts.label_words()}</label>
                {parts.explanations(&state)}
                {parts.text_control(&state.typed)}
            </div>
        }
        .into_any(),
    }
}

struct Parts {
    id: String,
    declared: &'static Field,
    lang: Lang,
    invalid: bool,
}

impl Parts {
    fn label_words(&self) -> String {
        let optional = if self.declared.need == Need::Optional { self.lang.words().form.optional } else { "" };
        format!("{}{optional}", self.lang.say(self.declared.label))
    }

    fn described_by(&self) -> String {
        format!("{id}-hint {id}-problem", id = self.id)
    }

    /// Hint and audience, the platform's remark, and the place for the problem (always there, for the browser to fill).
    fn explanations(&self, state: &FieldState) -> AnyView {
        let words = &self.lang.words().form;
        let colon = self.lang.words().frame.colon;
        let audience = match self.declared.audience {
            Audience::Public => words.public,
            Audience::Platform => words.platform_only,
        };
        let hint = self.lang.say(self.declared.hint);
        let hint = (!hint.is_empty()).then(|| view! { <span class="field__hint-text">{hint}</span> });
        let remark = state.remark.clone().map(|remark| {
            view! {
                <div class="field__remark">
                    <p><strong>{words.returned_comment}</strong>{colon}{remark.comment}</p>
                    {(!remark.was.is_empty()).then(|| view! { <p>{words.returned_value}{colon}{remark.was}</p> })}
                </div>
            }
        });
        let problem = state.problem.clone();
        let none = problem.is_none();
        view! {
            <p class="field__hint" id=format!("{}-hint", self.id)>
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
        let (width, mode, spell) = match self.declared.kind {
            Kind::Date => ("control control--date", "text", "false"),
            Kind::CreditCode => ("control control--code", "text", "false"),
            Kind::WebAddress => ("control", "url", "false"),
            Kind::Line { most } if most <= 100 => ("control control--medium", "text", "false"),
            _ => ("control", "text", "false"),
        };
        view! {
            <input class=width type="text" id=self.id.clone() name=self.declared.name value=typed.to_owned() inputmode=mode
                spellcheck=spell autocomplete="off" aria-describedby=self.described_by() aria-invalid=self.invalid.then_some("true") />
        }
        .into_any()
    }
}

/// The first choice carries the field's own id, so that a link from the summary lands on it.
fn choices(parts: &Parts, answers: &'static [Answer], typed: &str) -> Vec<AnyView> {
    answers
        .iter()
        .enumerate()
        .map(|(at, answer)| {
            let id = if at == 0 { parts.id.clone() } else { format!("{}-{}", parts.id, answer.value) };
            view! {
                <div class="choice">
                    <input class="choice__control" type="radio" id=id.clone() name=parts.declared.name value=answer.value checked=typed == answer.value />
                    <label class="choice__label" for=id>{parts.lang.say(answer.label)}</label>
                </div>
            }
            .into_any()
        })
        .collect()
}
