//! What an enterprise has made public, as data. The names of fields never change; each label and each shown answer stands in
//! both languages. It says what the page says, made by the same functions, and nothing else.

use app::pages::public_enterprise::Absent;
use app::wording::{Lang, answers, publications};
use chrono::{DateTime, NaiveDate};
use credit::enterprise::Enterprise;
use credit::filing::{Instant, Verification};
use credit::form::{Field, Kind, Phrase};
use credit::public_view::{Shown, public_view};
use serde::Serialize;
use url::Url;

use super::enterprises::{Items, group_path};
use crate::storage::publications::PublishedItem;

/// Words in both languages.
#[derive(Serialize)]
pub(super) struct Words {
    zh: String,
    en: String,
}

impl From<Phrase> for Words {
    fn from(phrase: Phrase) -> Self {
        Self { zh: phrase.zh.to_owned(), en: phrase.en.to_owned() }
    }
}

/// An enterprise with what is public of it.
#[derive(Serialize)]
pub(super) struct EnterpriseJson {
    code: String,
    name: String,
    source: Named,
    notice: Words,
    as_of: NaiveDate,
    page: String,
    groups: Vec<GroupJson>,
}

/// Something with a stable name, and its words.
#[derive(Serialize)]
pub(super) struct Named {
    pub name: &'static str,
    pub label: Words,
}

#[derive(Serialize)]
struct GroupJson {
    group: &'static str,
    label: Words,
    items: Vec<ItemJson>,
    /// Where more of this group is.
    more: Option<String>,
}

#[derive(Serialize)]
struct ItemJson {
    number: i64,
    source: &'static str,
    verification: Named,
    registered_on: NaiveDate,
    verified_on: NaiveDate,
    published_on: NaiveDate,
    shown_until: Option<NaiveDate>,
    answers: Vec<AnswerJson>,
}

#[derive(Serialize)]
struct AnswerJson {
    name: &'static str,
    label: Words,
    shown: Words,
    #[serde(flatten)]
    value: ValueJson,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum ValueJson {
    /// In full, as it is stored.
    Value(String),
    /// Of a number, from where it lies (with it) and below which.
    Range { from: String, below: String },
}

/// Why there is no data.
#[derive(Serialize)]
pub(super) struct FaultJson {
    error: Words,
}

impl FaultJson {
    /// In these words.
    pub(super) fn saying(zh: String, en: String) -> Self {
        Self { error: Words { zh, en } }
    }

    /// In words.
    pub(super) fn of(why: Absent) -> Self {
        let say = |lang| {
            let words = publications::words(lang);
            match why {
                Absent::Unknown => words.unknown_text,
                Absent::NoCode => words.bad_code_text,
            }
        };
        Self { error: in_both(|lang| say(lang).to_owned()) }
    }
}

fn in_both(say: impl Fn(Lang) -> String) -> Words {
    Words { zh: say(Lang::Zh), en: say(Lang::En) }
}

/// The enterprise as data.
pub(super) fn enterprise(enterprise: &Enterprise, groups: Vec<Items>, today: NaiveDate, portal: &Url) -> EnterpriseJson {
    let whole = |path: &str| portal.join(path).map_or_else(|_| path.to_owned(), String::from);
    let groups = groups.into_iter().map(|Items { kind, items, rest }| GroupJson {
        group: kind.name(),
        label: kind.form().group.into(),
        items: items.iter().map(item).collect(),
        more: rest.map(|before| whole(&group_path(&enterprise.code, ".json", kind, before))),
    });
    EnterpriseJson {
        code: enterprise.code.to_string(),
        name: enterprise.name.clone(),
        source: Named { name: SELF_DECLARED, label: publications::SOURCE.into() },
        notice: in_both(|lang| publications::words(lang).not_a_finding.to_owned()),
        as_of: today,
        page: whole(&format!("/enterprises/{}", enterprise.code)),
        groups: groups.collect(),
    }
}

/// Where everything here comes from.
pub(super) const SELF_DECLARED: &str = "self_declared";

fn item(published: &PublishedItem) -> ItemJson {
    let PublishedItem { number, kind, content, registered_at, item } = published;
    ItemJson {
        number: *number,
        source: SELF_DECLARED,
        verification: Named {
            name: match item.verification {
                Verification::Verified => "verified",
                Verification::PartlyVerified => "partly_verified",
            },
            label: publications::verification(item.verification).into(),
        },
        registered_on: day(*registered_at),
        verified_on: day(item.verified_at),
        published_on: day(item.published_at),
        shown_until: item.last_day,
        answers: public_view(kind.form(), content).into_iter().map(|(field, shown)| answer(field, &shown)).collect(),
    }
}

fn answer(field: &'static Field, shown: &Shown) -> AnswerJson {
    AnswerJson {
        name: field.name,
        label: field.label.into(),
        shown: in_both(|lang| answers::shown(field, shown, lang)),
        value: match shown {
            Shown::Full(value) if field.kind == Kind::Tick => ValueJson::Value((!value.is_empty()).to_string()),
            Shown::Full(value) => ValueJson::Value(value.clone()),
            Shown::Range { low, high } => ValueJson::Range { from: low.clone(), below: high.clone() },
        },
    }
}

/// The day in Shanghai (UTC+8 all year).
fn day(at: Instant) -> NaiveDate {
    const SHANGHAI_MS: i64 = 8 * 60 * 60 * 1000;
    DateTime::from_timestamp_millis(at + SHANGHAI_MS).unwrap_or_default().date_naive()
}
