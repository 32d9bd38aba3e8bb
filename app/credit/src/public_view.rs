//! What strangers see of a registered item: only what is public or was chosen to be, with persons' data masked. The public
//! pages, their JSON and the preview beside the form are all made by this function.

use crate::amount::decade;
use crate::form::{Audience, Disclosure, Field, Form, Kind};
use crate::masking::masked;
use crate::registration::Content;

/// An answer as strangers see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// In full (a choice as its stored value), masked where it holds a person's data.
    Full(String),
    /// A number of at least `low` and below `high`.
    Range {
        /// The power of ten below or at it, or zero.
        low: String,
        /// The power of ten above it.
        high: String,
    },
}

/// What strangers see, in the order of the form.
pub fn public_view(form: &'static Form, content: &Content) -> Vec<(&'static Field, Shown)> {
    form.fields.iter().filter_map(|field| Some((field, shown(field, content)?))).collect()
}

fn shown(field: &'static Field, content: &Content) -> Option<Shown> {
    let answer = content.get(field.name)?;
    let disclosure = match field.audience {
        Audience::Public => Disclosure::Full,
        Audience::Chosen => Disclosure::named(content.get(&field.disclosure_name()).map_or("", String::as_str)),
        Audience::Platform => Disclosure::Hidden,
    };
    match disclosure {
        Disclosure::Hidden => None,
        Disclosure::Range if field.kind.is_number() => {
            let (low, high) = decade(answer);
            Some(Shown::Range { low, high })
        }
        Disclosure::Range => None,
        Disclosure::Full => Some(Shown::Full(match field.kind {
            Kind::Line { .. } | Kind::Paragraph { .. } => masked(answer),
            _ => answer.clone(),
        })),
    }
}
