//! The files of a draft or filing, with their state in words.

use credit::attachment::{Attachment, FileState};
use leptos::prelude::*;

use crate::wording::{Lang, faults};

/// Bytes as people read them.
pub fn size_words(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KB", bytes.div_ceil(1024)),
        _ => format!("{}.{} MB", bytes / 1_048_576, bytes % 1_048_576 * 10 / 1_048_576),
    }
}

/// The list. `base` is the address under which kept files are opened; with `removable`, each has a button that sends
/// `remove:ID` as the form's action.
pub fn file_list(files: &[Attachment], base: &str, removable: bool, lang: Lang) -> AnyView {
    let words = &lang.words().form;
    if files.is_empty() {
        return view! { <p class="file-list__none">{words.no_files}</p> }.into_any();
    }
    let items: Vec<_> = files
        .iter()
        .map(|file| {
            let (name, state) = match &file.state {
                FileState::Kept { bytes, .. } => (
                    view! { <a href=format!("{base}/{}", file.id)>{file.name.clone()}</a> }.into_any(),
                    format!("{} · {}", words.file_kept, size_words(*bytes)),
                ),
                FileState::Refused(why) => (
                    view! { <span>{file.name.clone()}</span> }.into_any(),
                    format!("{}{}{}", words.file_refused, lang.words().frame.colon, faults::refused_file(&file.name, *why, lang)),
                ),
            };
            let remove = removable.then(|| {
                let label = format!("{} {}", words.remove, file.name);
                view! {
                    <button class="button button--light" type="submit" name="action" value=format!("remove:{}", file.id) aria-label=label>
                        {words.remove}
                    </button>
                }
            });
            let class = if file.is_kept() { "file-list__file" } else { "file-list__file file-list__file--refused" };
            let refused = match &file.state {
                FileState::Refused(why) => Some(why.name()),
                FileState::Kept { .. } => None,
            };
            view! { <li class=class data-file=file.name.clone() data-refused=refused><span class="file-list__name">{name}</span><span class="file-list__state">{state}</span>{remove}</li> }
        })
        .collect();
    view! { <ul class="file-list" aria-label=words.files_here>{items}</ul> }.into_any()
}
