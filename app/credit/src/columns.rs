//! A form as a spreadsheet: its columns in the order of its answers, what heads them, what may stand in them, and how what
//! people wrote there becomes an answer of the form.

use crate::form::{Answer, Audience, Disclosure, Field, Form, Kind, Need, Phrase, phrase};
use crate::normal_text::{normal_code, normal_line};

/// One column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The answer to a field.
    Answer(&'static Field),
    /// How much of that answer strangers will see.
    Disclosure(&'static Field),
}

/// What heads the columns of an export that say where an item stands. An import passes over them.
pub const STATE_HEADERS: [Phrase; 3] =
    [phrase("申报编号", "Reference"), phrase("当前状态", "State"), phrase("提交时间", "Filed at")];

/// What is written for how much strangers will see.
const DISCLOSURES: [(Disclosure, Phrase); 3] = [
    (Disclosure::Hidden, phrase("不公开", "Not public")),
    (Disclosure::Range, phrase("只公开区间", "Range only")),
    (Disclosure::Full, phrase("公开", "Public")),
];

/// What is written for a box that is ticked, and for one that is not.
const TICKED: [&str; 9] = ["是", "√", "✓", "☑", "有", "yes", "y", "true", "1"];
const NOT_TICKED: [&str; 9] = ["否", "×", "✗", "☐", "无", "no", "n", "false", "0"];

/// What a cell means for its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// This answer; the form judges it.
    Answer(String),
    /// It is none of the words of this column: nothing is answered, and the person is told.
    Unknown,
}

impl Column {
    /// The name of its answer in drafts and on the wire.
    pub fn name(self) -> String {
        match self {
            Self::Answer(field) => field.name.to_owned(),
            Self::Disclosure(field) => field.disclosure_name(),
        }
    }

    /// The field that it belongs to.
    pub fn field(self) -> &'static Field {
        match self {
            Self::Answer(field) | Self::Disclosure(field) => field,
        }
    }

    /// What heads it: the field's label with its unit, in Chinese and in English.
    pub fn headers(self) -> (String, String) {
        let field = self.field();
        match (self, field.kind.unit()) {
            (Self::Disclosure(_), _) => (format!("{}（是否公开）", field.label.zh), format!("{} (public?)", field.label.en)),
            (Self::Answer(_), Some(unit)) => {
                (format!("{}（{}）", field.label.zh, unit.zh), format!("{} ({})", field.label.en, unit.en))
            }
            (Self::Answer(_), None) => (field.label.zh.to_owned(), field.label.en.to_owned()),
        }
    }

    /// Whether every row needs something in it.
    pub fn is_required(self) -> bool {
        matches!(self, Self::Answer(field) if field.need == Need::Required)
    }

    /// What is said of it beside its head: whether it is needed, how to answer it, who will see it.
    pub fn note(self) -> BothLanguages {
        let field = self.field();
        if let Self::Disclosure(_) = self {
            return BothLanguages {
                zh: "默认不公开。请从下拉列表中选择。".to_owned(),
                en: "Not public unless you choose otherwise. Choose from the list.".to_owned(),
            };
        }
        let need = match field.need {
            Need::Required => phrase("必填。", "Required. "),
            Need::Optional => phrase("选填。", "Optional. "),
            Need::Depends => phrase("视情况填写。", "Depends. "),
        };
        let audience = match field.audience {
            Audience::Public => phrase("公示后所有人可见。", "Everyone will see it once it is published."),
            Audience::Chosen => phrase("默认不公开，由您选择是否公开。", "Not public unless you choose so."),
            Audience::Platform => phrase("仅供平台核验，不公开。", "For the platform only, never published."),
        };
        let stop = |hint: &str, mark: &str| if hint.is_empty() { String::new() } else { format!("{hint}{mark}") };
        BothLanguages {
            zh: format!("{}{}{}", need.zh, stop(field.hint.zh, "。"), audience.zh),
            en: format!("{}{}{}", need.en, stop(field.hint.en, ". "), audience.en),
        }
    }

    /// The words that may stand in it, if only some may.
    pub fn words(self) -> Vec<Phrase> {
        match self {
            Self::Disclosure(field) => {
                let offered = field.disclosures();
                DISCLOSURES.iter().filter(|(known, _)| offered.contains(known)).map(|(_, words)| *words).collect()
            }
            Self::Answer(Field { kind: Kind::Choice(answers), .. }) => answers.iter().map(|answer| answer.label).collect(),
            Self::Answer(Field { kind: Kind::Tick, .. }) => vec![phrase("是", "Yes"), phrase("否", "No")],
            Self::Answer(_) => Vec::new(),
        }
    }

    /// The answer that a cell gives.
    pub fn meaning(self, cell: &str) -> Meaning {
        let plain = normal_line(cell);
        match self {
            _ if plain.is_empty() => Meaning::Answer(String::new()),
            Self::Disclosure(field) => {
                let found = DISCLOSURES
                    .iter()
                    .find(|(known, words)| same(&plain, words.zh) || same(&plain, words.en) || plain == known.name());
                let meant = match found {
                    Some((known, _)) => Some(*known),
                    None if is_one_of(&plain, &TICKED) => Some(Disclosure::Full),
                    None if is_one_of(&plain, &NOT_TICKED) => Some(Disclosure::Hidden),
                    None => None,
                };
                match meant.filter(|meant| field.disclosures().contains(meant)) {
                    Some(meant) => Meaning::Answer(meant.name().to_owned()),
                    None => Meaning::Unknown,
                }
            }
            Self::Answer(Field { kind: Kind::Choice(answers), .. }) => {
                let chosen = answers.iter().find(|answer: &&Answer| {
                    same(&plain, answer.label.zh) || same(&plain, answer.label.en) || plain == answer.value
                });
                Meaning::Answer(chosen.map_or(cell.to_owned(), |answer| answer.value.to_owned()))
            }
            Self::Answer(Field { kind: Kind::Tick, .. }) if is_one_of(&plain, &TICKED) => Meaning::Answer("yes".to_owned()),
            Self::Answer(Field { kind: Kind::Tick, .. }) if is_one_of(&plain, &NOT_TICKED) => Meaning::Answer(String::new()),
            Self::Answer(Field { kind: Kind::Tick, .. }) => Meaning::Unknown,
            Self::Answer(_) => Meaning::Answer(cell.to_owned()),
        }
    }

    /// How an answer in normal form is written into a cell, so that [`Column::meaning`] gives it again.
    pub fn cell(self, answer: &str) -> String {
        match self {
            Self::Disclosure(_) => {
                let chosen = Disclosure::named(answer);
                DISCLOSURES.iter().find(|(known, _)| *known == chosen).map_or("", |(_, words)| words.zh).to_owned()
            }
            Self::Answer(Field { kind: Kind::Choice(answers), .. }) => {
                answers.iter().find(|known| known.value == answer).map_or(answer, |known| known.label.zh).to_owned()
            }
            Self::Answer(Field { kind: Kind::Tick, .. }) if !answer.is_empty() => "是".to_owned(),
            Self::Answer(_) => answer.to_owned(),
        }
    }
}

/// A phrase that is put together, in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BothLanguages {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// The columns of a form, in the order of [`Form::answer_names`].
pub fn columns(form: &Form) -> Vec<Column> {
    let fields: &'static [Field] = form.fields;
    fields
        .iter()
        .filter(|field| field.kind != Kind::Files)
        .flat_map(|field| {
            let disclosure = (!field.disclosures().is_empty()).then_some(Column::Disclosure(field));
            std::iter::once(Column::Answer(field)).chain(disclosure)
        })
        .collect()
}

/// What a row of heads means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heads {
    /// For each cell of the row, the column that it heads.
    pub columns: Vec<Option<Column>>,
    /// Heads that no column of the form has.
    pub unknown: Vec<String>,
    /// Heads that stand there twice: the first one counts.
    pub repeated: Vec<String>,
    /// Columns of the form that are not there.
    pub missing: Vec<Column>,
}

impl Heads {
    /// Reads a row as heads. Width, blanks, case, order, and marks such as `*` or `（选填）` make no difference.
    pub fn read(form: &Form, cells: &[String]) -> Self {
        let known: Vec<(Column, [String; 5])> = columns(form)
            .into_iter()
            .map(|column| {
                let (zh, en) = column.headers();
                let bare = match column {
                    Column::Answer(field) => [field.label.zh.to_owned(), field.label.en.to_owned(), field.name.to_owned()],
                    Column::Disclosure(field) => [field.disclosure_name(), format!("{}是否公开", field.label.zh), String::new()],
                };
                let [a, b, c] = bare;
                (column, [zh, en, a, b, c].map(|head| head_key(&head)))
            })
            .collect();
        let mut heads = Self::default();
        for cell in cells {
            let key = head_key(cell);
            let found = known.iter().find(|(_, keys)| !key.is_empty() && keys.contains(&key)).map(|(column, _)| *column);
            match found {
                Some(column) if heads.columns.contains(&Some(column)) => {
                    heads.repeated.push(normal_line(cell));
                    heads.columns.push(None);
                }
                Some(column) => heads.columns.push(Some(column)),
                None => {
                    let of_state = STATE_HEADERS.iter().any(|state| head_key(state.zh) == key || head_key(state.en) == key);
                    if !key.is_empty() && !of_state {
                        heads.unknown.push(normal_line(cell));
                    }
                    heads.columns.push(None);
                }
            }
        }
        heads.missing =
            known.into_iter().map(|(column, _)| column).filter(|column| !heads.columns.contains(&Some(*column))).collect();
        heads
    }

    /// How many columns were found.
    pub fn found(&self) -> usize {
        self.columns.iter().flatten().count()
    }
}

/// Marks that people and templates put behind a head.
const MARKS: [&str; 4] = ["(选填)", "(必填)", "(optional)", "(required)"];

/// What two spellings of one head have in common.
fn head_key(head: &str) -> String {
    let mut key: String = normal_code(head).to_lowercase().chars().filter(|c| *c != ' ').collect();
    key = key.trim_matches('*').to_owned();
    for mark in MARKS {
        key = key.strip_suffix(mark).unwrap_or(&key).to_owned();
    }
    key.trim_matches('*').trim_end_matches(':').to_owned()
}

fn same(typed: &str, words: &str) -> bool {
    typed == words || normal_code(typed).eq_ignore_ascii_case(&normal_code(words))
}

fn is_one_of(typed: &str, words: &[&str]) -> bool {
    words.iter().any(|word| same(typed, word))
}
