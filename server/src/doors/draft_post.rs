//! `POST /drafts/{id}`: what was typed is kept first, on every path; only then is it judged.

use std::sync::Arc;

use app::wording::notices::Notice;
use axum::extract::multipart::MultipartError;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use credit::attachment::{Attachment, FileRefusal, FileState, MOST_FILES};
use credit::draft::Draft;
use credit::form::{FormKind, Kind};
use credit::registration::{Facts, parse_form};
use uuid::Uuid;

use super::answer::{Answer, Refusal, see_other, show_refusal};
use super::drafts::{form_of, no_draft, own_draft, typed, window};
use super::preferences::by_button;
use super::sign_in::park;
use super::uploads::attach;
use crate::attachments::Arrived;
use crate::parts::{Part, Parts};
use crate::portal::Portal;
use crate::storage::{Change, Kept, Parked, StoredDraft};
use crate::visitor::{Acting, Visitor};

/// The most answers one post may bring, files not counted.
const MOST_ANSWERS: usize = 200;
/// The most bytes of one answer that are read.
const LONGEST_ANSWER: usize = 64 * 1024;
/// The most bytes of all answers with their names: a stranger's wait in the store for whoever signs in.
const MOST_TYPED: usize = 512 * 1024;

/// The answers of a posted form.
#[derive(Default)]
struct Posted {
    version: i64,
    window: String,
    kind: Option<FormKind>,
    action: String,
    answers: Vec<(String, String)>,
}

impl Posted {
    fn take(&mut self, name: String, value: String) {
        match name.as_str() {
            "version" => self.version = value.parse().unwrap_or_default(),
            "action" => self.action = value,
            "window" => self.window = value,
            "kind" => self.kind = FormKind::named(&value),
            _ if self.answers.len() < MOST_ANSWERS => self.answers.push((name, value)),
            _ => {}
        }
    }

    /// Takes the answers that did not arrive from what was kept before.
    fn fill_up(&mut self, kept: &Draft) {
        for (name, answer) in kept.answers() {
            if !self.answers.iter().any(|(arrived, _)| arrived == name) {
                self.answers.push((name.to_owned(), answer.to_owned()));
            }
        }
    }
}

/// The door.
pub async fn keep(
    State(portal): State<Arc<Portal>>,
    visitor: Visitor,
    headers: HeaderMap,
    Path(id): Path<String>,
    mut parts: Parts,
) -> Answer {
    let acting = visitor.acting();
    let draft = match &acting {
        Some(acting) => match own_draft(&portal, acting, &id).await {
            Ok(draft) => Some(draft),
            Err(refusal) => {
                drain(&mut parts).await;
                return Err(refusal);
            }
        },
        None => None,
    };
    let mut posted = Posted::default();
    let mut intake = draft.as_ref().map(|draft| Intake { portal: &portal, draft, files: draft.attachments.len(), new: 0 });
    let read = read(&mut parts, &mut posted, intake.as_mut()).await;
    let files = intake.map_or(0, |intake| intake.new);
    let button = posted.action.clone();
    let answer = match (acting, draft) {
        (Some(acting), Some(draft)) => {
            if let Err(refusal) = read {
                // The body broke off or was too large: what had arrived by then is kept, and the rest stays as it was.
                if posted.version > 0 {
                    posted.fill_up(&draft.draft);
                    keep_answers(&portal, &acting, &draft, &posted).await?;
                }
                return Err(refusal);
            }
            let kept = keep_answers(&portal, &acting, &draft, &posted).await?;
            after_keeping(&portal, &acting, &draft, &posted, kept, files).await
        }
        _ => {
            read?;
            keep_for_sign_in(&portal, &visitor, &headers, id, posted).await
        }
    };
    answer.map(|mut response| {
        by_button(&portal, &button, &mut response);
        response
    })
}

async fn keep_answers(portal: &Portal, acting: &Acting, draft: &StoredDraft, posted: &Posted) -> Result<Kept, Refusal> {
    let change = Change {
        version: posted.version,
        window: window(Some(&posted.window)),
        draft: typed(draft, posted.answers.iter().map(|(name, answer)| (name.as_str(), answer.as_str()))),
        by: acting.name().to_owned(),
        at: portal.clock.now(),
    };
    Ok(portal.storage.keep_draft(&draft.id, acting.code(), &change).await?)
}

/// What the pressed button asks for, now that everything is kept.
async fn after_keeping(portal: &Portal, acting: &Acting, draft: &StoredDraft, posted: &Posted, kept: Kept, files: usize) -> Answer {
    let id = &draft.id;
    match kept {
        Kept::Gone => return Err(no_draft(portal, acting, id).await),
        Kept::Rival(_) => return Ok(see_other(&format!("/drafts/{id}/versions"))),
        Kept::Kept(_) => {}
    }
    if let Some(attachment) = posted.action.strip_prefix("remove:") {
        portal.storage.remove_attachment(id, acting.code(), attachment).await?;
        return Ok(see_other(&format!("/drafts/{id}?saved=1#f-files")));
    }
    match posted.action.as_str() {
        "upload" if files == 0 => Ok(see_other(&format!("/drafts/{id}#f-files"))),
        "upload" => Ok(see_other(&format!("/drafts/{id}?saved=1#f-files"))),
        action if action.starts_with("lang:") || action.starts_with("type:") => {
            let with_problems = action.ends_with(":check");
            Ok(see_other(&format!("/drafts/{id}?{}", if with_problems { "check=1#problems" } else { "saved=1" })))
        }
        "save" => Ok(see_other(&format!("/drafts/{id}?saved=1"))),
        _ => {
            let now = own_draft(portal, acting, id).await?;
            let form = form_of(portal, &now)?;
            let facts = Facts { attachments: now.attachments, enterprise: Some(acting.code().clone()) };
            Ok(match parse_form(form, &now.draft, &facts, portal.clock.today()) {
                Ok(_) => see_other(&format!("/drafts/{id}/review")),
                Err(_) => see_other(&format!("/drafts/{id}?check=1#problems")),
            })
        }
    }
}

/// Nobody is signed in any more: the answers wait for whoever signs in next in this browser.
async fn keep_for_sign_in(portal: &Portal, visitor: &Visitor, headers: &HeaderMap, id: String, posted: Posted) -> Answer {
    // Which draft and form it is cannot be asked of the store for a stranger: the page says it, and when the answers are put back
    // they go only into a draft that takes them.
    let answers = posted.answers.iter().map(|(name, answer)| (name.as_str(), answer.as_str()));
    // A page from before an update does not say it: then the first form that takes any of the answers is the likely one.
    let draft = posted.kind.iter().chain(FormKind::ALL).map(|kind| Draft::typed(kind.form(), answers.clone()));
    let draft = draft.into_iter().find(|draft| !draft.is_blank()).unwrap_or_default();
    let parked = Parked { draft_id: id, version: posted.version, window: window(Some(&posted.window)), draft };
    let (onward, cookies) = park(portal, headers, parked).await?;
    let mut response = show_refusal(&Refusal::Parked(onward), visitor);
    response.headers_mut().extend(cookies);
    Ok(response)
}

/// Takes files into a draft as they arrive.
struct Intake<'a> {
    portal: &'a Portal,
    draft: &'a StoredDraft,
    files: usize,
    new: usize,
}

impl Intake<'_> {
    async fn take(&mut self, name: String, part: &mut Part<'_>) -> Result<(), Refusal> {
        let state = if self.files >= MOST_FILES {
            part.pass_over().await.map_err(unreadable)?;
            FileState::Refused(FileRefusal::TooMany)
        } else {
            let mut incoming = self.portal.attachments.receive().await?;
            while let Some(chunk) = part.chunk().await.map_err(unreadable)? {
                incoming.take(&chunk).await?;
            }
            match incoming.finish().await? {
                Arrived::Kept { sha256, media_type, bytes } => FileState::Kept { sha256, media_type, bytes },
                Arrived::Refused(why) => FileState::Refused(why),
            }
        };
        let attachment = Attachment { id: Uuid::now_v7().to_string(), name: shown_name(&name), state };
        attach(self.portal, self.draft, self.files, &attachment).await?;
        self.files += 1;
        self.new += 1;
        Ok(())
    }
}

/// The last part of a file's name, with nothing in it that could deceive, at most 120 characters.
pub(super) fn shown_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = credit::normal_text::normal_line(last).chars().take(120).collect();
    if plain.is_empty() { "file".to_owned() } else { plain }
}

/// Reads the body part by part. Without an intake, files are read and dropped.
async fn read(parts: &mut Parts, posted: &mut Posted, mut intake: Option<&mut Intake<'_>>) -> Result<(), Refusal> {
    let file_fields: Vec<&str> = FormKind::ALL
        .iter()
        .flat_map(|kind| kind.form().fields)
        .filter(|field| field.kind == Kind::Files)
        .map(|field| field.name)
        .collect();
    let mut typed = 0;
    while let Some(mut part) = parts.next().await.map_err(unreadable)? {
        let name = part.name().to_owned();
        let file = part.file_name().map(str::to_owned);
        match file {
            // A file field in which nothing was chosen arrives with an empty name.
            Some(file) if file.is_empty() => part.pass_over().await.map_err(unreadable)?,
            Some(file) if file_fields.contains(&name.as_str()) => match intake.as_mut() {
                Some(intake) => intake.take(file, &mut part).await?,
                None => part.pass_over().await.map_err(unreadable)?,
            },
            _ => {
                let mut value = Vec::new();
                while let Some(chunk) = part.chunk().await.map_err(unreadable)? {
                    let room = LONGEST_ANSWER.saturating_sub(value.len());
                    value.extend_from_slice(&chunk[..chunk.len().min(room)]);
                }
                typed += name.len() + value.len();
                if typed > MOST_TYPED {
                    return Err(Refusal::Notice(Notice::TooLarge, StatusCode::PAYLOAD_TOO_LARGE));
                }
                posted.take(name, String::from_utf8_lossy(&value).into_owned());
            }
        }
    }
    Ok(())
}

async fn drain(parts: &mut Parts) {
    while let Ok(Some(mut part)) = parts.next().await {
        let _ = part.pass_over().await;
    }
}

pub(super) fn unreadable(error: MultipartError) -> Refusal {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Refusal::Notice(Notice::TooLarge, StatusCode::PAYLOAD_TOO_LARGE),
        status => {
            tracing::info!(http.status = status.as_u16(), "draft_post.unreadable");
            Refusal::Notice(Notice::Unreadable, StatusCode::BAD_REQUEST)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_name_of_a_file_is_shown_short_and_without_a_path(name in "([./\\\\\u{202e}\u{200b}\\x00-\\x1f]|\\PC){0,200}") {
            let shown = shown_name(&name);
            prop_assert!((1..=120).contains(&shown.chars().count()));
            let deceives = |c: char| c.is_control() || matches!(c, '/' | '\\' | '\u{202e}' | '\u{200b}');
            prop_assert!(!shown.contains(deceives), "{:?}", shown);
        }
    }

    #[test]
    fn a_file_name_keeps_its_last_part_and_nothing_invisible() {
        assert_eq!(shown_name("C:\\Users\\某人\\营业执照.pdf"), "营业执照.pdf");
        assert_eq!(shown_name("../../etc/passwd"), "passwd");
        assert_eq!(shown_name("gpj.\u{202E}cod.exe"), "gpj.cod.exe");
        assert_eq!(shown_name(""), "file");
        assert_eq!(shown_name(&"长".repeat(500)).chars().count(), 120);
    }
}
