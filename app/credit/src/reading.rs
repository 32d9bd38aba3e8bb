//! Reads a draft against its form: the normal form of every answer that holds, and every problem, not just the first.

use chrono::{Datelike, NaiveDate};

use crate::amount::{InvalidAmount, is_exponent, parse_money, parse_whole};
use crate::attachment::{Attachment, FileState};
use crate::credit_code::CreditCode;
use crate::date::{InvalidDate, parse_date};
use crate::draft::Draft;
use crate::form::{Disclosure, Field, Form, Kind, Need, Phrase};
use crate::normal_text::{control_character, normal_code, normal_line, normal_paragraph};
use crate::problem::{Fault, Problem, Problems};
use crate::registration::Content;

/// The first year of which operations can be declared.
const FIRST_YEAR: i32 = 2000;

/// A draft that has been read, to which a form's rules may add.
pub struct Reading<'a> {
    form: &'static Form,
    draft: &'a Draft,
    content: Content,
    problems: Problems,
}

impl<'a> Reading<'a> {
    /// Reads every field as it is declared.
    pub fn of(form: &'static Form, draft: &'a Draft, attachments: &[Attachment], today: NaiveDate) -> Self {
        let mut reading = Self { form, draft, content: Content::new(), problems: Problems::new() };
        for field in form.fields {
            if field.kind == Kind::Files {
                reading.files(field, attachments);
            } else if let Some(normal) = reading.answer(field, today) {
                reading.content.insert(field.name.to_owned(), normal);
                reading.disclosure(field);
            }
        }
        reading
    }

    /// What holds so far, and what does not.
    pub fn into_parts(self) -> (Content, Problems) {
        (self.content, self.problems)
    }

    /// The form that it is read against.
    pub fn form(&self) -> &'static Form {
        self.form
    }

    /// Notes a problem, at the place that its field has in the form.
    pub fn note(&mut self, field: &'static Field, fault: Fault) {
        let place = |field: &Field| self.form.fields.iter().position(|declared| declared.name == field.name);
        let at = self.problems.iter().position(|noted| place(noted.field) > place(field)).unwrap_or(self.problems.len());
        self.problems.insert(at, Problem { field, fault });
    }

    /// The answer in normal form, if it holds.
    pub fn holds(&self, field: &Field) -> Option<&str> {
        self.content.get(field.name).map(String::as_str)
    }

    /// The day in a field of [`Kind::Date`], if it holds.
    pub fn day(&self, field: &Field) -> Option<NaiveDate> {
        parse_date(self.holds(field)?).ok()
    }

    /// Whether anything was typed, sound or not.
    pub fn is_typed(&self, field: &Field) -> bool {
        !self.draft.get(field).trim().is_empty()
    }

    /// Notes a control character in what was typed.
    pub fn without_control_characters(&mut self, field: &'static Field) {
        if let Some(at) = control_character(self.draft.get(field)) {
            self.note(field, Fault::ControlCharacter { at });
        }
    }

    /// Notes that something is missing where nothing was typed.
    pub fn need(&mut self, field: &'static Field, fault: Fault) {
        if !self.is_typed(field) {
            self.note(field, fault);
        }
    }

    /// Notes a day that is not before `today`'s end.
    pub fn not_after_today(&mut self, field: &'static Field, today: NaiveDate) {
        if self.day(field).is_some_and(|day| day > today) {
            self.note(field, Fault::InFuture { today });
        }
    }

    /// Notes a day that is before the day of another field.
    pub fn not_before(&mut self, field: &'static Field, other: &'static Field) {
        if let (Some(day), Some(begins)) = (self.day(field), self.day(other))
            && day < begins
        {
            self.note(field, Fault::Before { other: other.label, day: begins });
        }
    }

    /// One answer in normal form; nothing where nothing was typed or it cannot be read, which is noted.
    fn answer(&mut self, field: &'static Field, today: NaiveDate) -> Option<String> {
        let typed = self.draft.get(field);
        let typed = match field.kind {
            Kind::Line { .. } => normal_line(typed),
            Kind::Paragraph { .. } => normal_paragraph(typed),
            _ => normal_code(typed),
        };
        if typed.is_empty() {
            if field.need == Need::Required {
                let fault = if matches!(field.kind, Kind::Choice(_)) { Fault::NotChosen } else { Fault::Missing };
                self.note(field, fault);
            }
            return None;
        }
        let read = match field.kind {
            Kind::Line { most } | Kind::Paragraph { most } => text(typed, most),
            Kind::Date => date(&typed),
            Kind::Year => year(&typed, today),
            Kind::Whole { unit, least } => parse_whole(&typed).map_err(amount).and_then(|number| at_least(number, least, unit)),
            Kind::Money(unit) => parse_money(&typed, unit).map_err(amount),
            Kind::Choice(answers) => answers
                .iter()
                .find(|answer| answer.value == typed || answer.label.zh == typed)
                .map(|answer| answer.value.to_owned())
                .ok_or(Fault::NotChosen),
            Kind::Tick => Ok("yes".to_owned()),
            Kind::CreditCode if is_exponent(&typed) => Err(Fault::Exponent),
            Kind::CreditCode => CreditCode::parse(&typed).map(|code| code.to_string()).map_err(Fault::CreditCode),
            Kind::WebAddress => web_address(typed),
            Kind::Files => return None,
        };
        read.map_err(|fault| self.note(field, fault)).ok()
    }

    /// How much of an answer strangers may see, where the enterprise chooses and has chosen.
    fn disclosure(&mut self, field: &'static Field) {
        let name = field.disclosure_name();
        let chosen = Disclosure::named(self.draft.answer(&name));
        if chosen != Disclosure::Hidden && field.disclosures().contains(&chosen) {
            self.content.insert(name, chosen.name().to_owned());
        }
    }

    /// Every refused file is a problem until it is taken away or replaced.
    fn files(&mut self, field: &'static Field, attachments: &[Attachment]) {
        for attachment in attachments {
            if let FileState::Refused(why) = attachment.state {
                self.note(field, Fault::FileRefused { name: attachment.name.clone(), why });
            }
        }
        if attachments.is_empty() && field.need == Need::Required {
            self.note(field, Fault::NoFile);
        }
    }
}

/// A whole number in normal form, if it is as large as it must be.
fn at_least(number: String, least: u64, unit: Phrase) -> Result<String, Fault> {
    if number.parse().is_ok_and(|number: u64| number < least) { Err(Fault::TooFew { least, unit }) } else { Ok(number) }
}

fn text(typed: String, most: u16) -> Result<String, Fault> {
    let found = typed.chars().count();
    if is_exponent(&typed) {
        Err(Fault::Exponent)
    } else if found > usize::from(most) {
        Err(Fault::TooLong { most, found })
    } else {
        Ok(typed)
    }
}

fn date(typed: &str) -> Result<String, Fault> {
    match parse_date(typed) {
        Ok(day) => Ok(day.to_string()),
        Err(InvalidDate::Unreadable) => Err(Fault::UnreadableDate),
        Err(InvalidDate::NoSuchDay) => Err(Fault::NoSuchDay),
    }
}

fn year(typed: &str, today: NaiveDate) -> Result<String, Fault> {
    let last = today.year();
    let bare = typed.trim_end_matches(['年', '度', ' ']);
    let readable = bare.len() == 4 && bare.bytes().all(|b| b.is_ascii_digit());
    match bare.parse::<i32>() {
        Ok(year) if readable && (FIRST_YEAR..=last).contains(&year) => Ok(year.to_string()),
        _ => Err(Fault::Year { first: FIRST_YEAR, last }),
    }
}

fn amount(wrong: InvalidAmount) -> Fault {
    match wrong {
        InvalidAmount::Exponent => Fault::Exponent,
        wrong => Fault::Amount(wrong),
    }
}

/// An address on the web: `http` or `https`, a host with a dot, no blanks. A missing scheme is added.
fn web_address(typed: String) -> Result<String, Fault> {
    const LONGEST: usize = 500;
    let has_scheme = typed.starts_with("https://") || typed.starts_with("http://");
    let address = if has_scheme { typed } else { format!("https://{typed}") };
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    let host = rest.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    let sound =
        host.is_some_and(|host| host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && !host.contains('@'));
    if sound && address.len() <= LONGEST && !address.contains([' ', '"', '<', '>', '\\']) {
        Ok(address)
    } else {
        Err(Fault::WebAddress)
    }
}
