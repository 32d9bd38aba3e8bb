//! Reads the answers of a draft one by one and collects every problem, not just the first.

use chrono::NaiveDate;

use crate::attachment::{Attachment, FileState};
use crate::credit_code::CreditCode;
use crate::date::{InvalidDate, parse_date};
use crate::draft::Draft;
use crate::form::{Field, Form, Kind, Need};
use crate::normal_text::{normal_code, normal_line};
use crate::problem::{Fault, Problem, Problems};

/// A draft being read. Each method gives the normal form of one answer, or notes what is wrong with it.
pub struct Reading<'a> {
    form: &'static Form,
    draft: &'a Draft,
    problems: Problems,
}

impl<'a> Reading<'a> {
    /// Begins to read.
    pub fn of(form: &'static Form, draft: &'a Draft) -> Self {
        Self { form, draft, problems: Vec::new() }
    }

    /// Notes a problem, at the place that its field has in the form.
    pub fn note(&mut self, field: &'static Field, fault: Fault) {
        let place = |field: &Field| self.form.fields.iter().position(|declared| declared.name == field.name);
        let at = self.problems.iter().position(|noted| place(noted.field) > place(field)).unwrap_or(self.problems.len());
        self.problems.insert(at, Problem { field, fault });
    }

    /// Ends: what was read, or all problems in the order of the form.
    ///
    /// # Errors
    /// The problems, when there are any, or when `read` is none.
    pub fn finish<T>(self, read: Option<T>) -> Result<T, Problems> {
        match read {
            Some(value) if self.problems.is_empty() => Ok(value),
            _ => Err(self.problems),
        }
    }

    /// The typed answer if there is one; notes [`Fault::Missing`] where the field needs one.
    fn answered(&mut self, field: &'static Field, normal: String, fault: Fault) -> Option<String> {
        if !normal.is_empty() {
            return Some(normal);
        }
        if field.need == Need::Required {
            self.note(field, fault);
        }
        None
    }

    /// One line of text, within the field's limit.
    pub fn line(&mut self, field: &'static Field) -> Option<String> {
        let text = self.answered(field, normal_line(self.draft.get(field)), Fault::Missing)?;
        let Kind::Line { most } = field.kind else { return Some(text) };
        let found = text.chars().count();
        if found > usize::from(most) {
            self.note(field, Fault::TooLong { most, found });
            return None;
        }
        Some(text)
    }

    /// One of the declared answers, as its stored value.
    pub fn choice(&mut self, field: &'static Field) -> Option<&'static str> {
        let typed = self.answered(field, normal_code(self.draft.get(field)), Fault::NotChosen)?;
        let Kind::Choice(answers) = field.kind else { return None };
        let chosen = answers.iter().find(|answer| answer.value == typed || answer.label.zh == typed);
        if chosen.is_none() {
            self.note(field, Fault::NotChosen);
        }
        chosen.map(|answer| answer.value)
    }

    /// A day.
    pub fn date(&mut self, field: &'static Field) -> Option<NaiveDate> {
        let typed = self.answered(field, normal_code(self.draft.get(field)), Fault::Missing)?;
        match parse_date(&typed) {
            Ok(day) => Some(day),
            Err(wrong) => {
                self.note(
                    field,
                    match wrong {
                        InvalidDate::Unreadable => Fault::UnreadableDate,
                        InvalidDate::NoSuchDay => Fault::NoSuchDay,
                    },
                );
                None
            }
        }
    }

    /// Whether a box is ticked.
    pub fn tick(&self, field: &'static Field) -> bool {
        !normal_code(self.draft.get(field)).is_empty()
    }

    /// A credit code.
    pub fn credit_code(&mut self, field: &'static Field) -> Option<CreditCode> {
        let typed = self.answered(field, normal_code(self.draft.get(field)), Fault::Missing)?;
        CreditCode::parse(&typed).map_err(|wrong| self.note(field, Fault::CreditCode(wrong))).ok()
    }

    /// An address on the web: `http` or `https`, a host with a dot, no blanks. A missing scheme is added.
    pub fn web_address(&mut self, field: &'static Field) -> Option<String> {
        const LONGEST: usize = 500;
        let typed = self.answered(field, normal_code(self.draft.get(field)), Fault::Missing)?;
        let has_scheme = typed.starts_with("https://") || typed.starts_with("http://");
        let with_scheme = if has_scheme { typed } else { format!("https://{typed}") };
        let rest = with_scheme.strip_prefix("https://").or_else(|| with_scheme.strip_prefix("http://"));
        let host = rest.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
        let sound =
            host.is_some_and(|host| host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && !host.contains('@'));
        if sound && with_scheme.len() <= LONGEST && !with_scheme.contains([' ', '"', '<', '>', '\\']) {
            return Some(with_scheme);
        }
        self.note(field, Fault::WebAddress);
        None
    }

    /// The files that are kept. Every refused file is a problem until it is taken away or replaced.
    pub fn files(&mut self, field: &'static Field, attachments: &[Attachment]) -> Vec<Attachment> {
        for attachment in attachments {
            if let FileState::Refused(why) = attachment.state {
                self.note(field, Fault::FileRefused { name: attachment.name.clone(), why });
            }
        }
        let kept: Vec<Attachment> = attachments.iter().filter(|a| a.is_kept()).cloned().collect();
        if attachments.is_empty() && field.need == Need::Required {
            self.note(field, Fault::NoFile);
        }
        kept
    }
}
