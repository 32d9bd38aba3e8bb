//! The package of an application that the enterprise takes to the official entrance by itself: form, commitment with its receipt,
//! proofs, a list of files with their hashes, and a note. The same filing gives the same bytes, whenever it is asked for.

mod archive;
mod names;

use app::paper::Paper;
use app::paper::application::{Application, application};
use app::paper::certificate::certificate;
use app::wording::repair_papers::{NoteWords, note, title};
use app::wording::{Lang, answers};
use credit::attachment::{Attachment, FileState};
use credit::filing::Instant;
use credit::hexadecimal;
use credit::repair::{CHANNEL, COMMITMENT};
use serde::Serialize;
use sha2::{Digest, Sha256};

pub use self::archive::archived;
use crate::documents::certificate::{Attached, pdf_with_receipt};
use crate::documents::fonts::DocumentFont;
use crate::documents::pdf::pdf;
use crate::portal::Portal;
use crate::public_log::Unsigned;
use crate::receipting::receipt_as_of;
use crate::storage::{StorageError, StoredFiling};

/// What the note says in place of an official address that the settings do not name.
const ASK_THE_PAGE: &str = "见公示渠道的网站";

/// A file of the package.
#[derive(Clone, Debug)]
pub struct PackedFile {
    /// Its name there.
    pub name: String,
    /// What it holds.
    pub content: PackedContent,
}

/// What a file holds.
#[derive(Clone, Debug)]
pub enum PackedContent {
    /// What was made for the package.
    Made(Vec<u8>),
    /// A content of an attachment, by its hash: it is read when its turn comes.
    Kept(String),
}

/// One row of the list.
#[derive(Serialize)]
struct Listed {
    name: String,
    original_name: Option<String>,
    bytes: u64,
    sha256: String,
}

#[derive(Serialize)]
struct Manifest<'a> {
    format: &'static str,
    submission: &'a str,
    reference: &'a str,
    kind: &'static str,
    filed_at: String,
    enterprise: &'a credit::enterprise::Enterprise,
    channel: &'a str,
    official_address: Option<&'a str>,
    commitment: Option<&'a str>,
    files: &'a [Listed],
}

/// Why there is no package.
#[derive(Debug, thiserror::Error)]
pub enum NotPacked {
    /// The log cannot be signed, or the store does not answer.
    #[error(transparent)]
    Unsigned(#[from] Unsigned),
    /// A document cannot be set.
    #[error("{0}")]
    Document(String),
}

impl From<StorageError> for NotPacked {
    fn from(error: StorageError) -> Self {
        Self::Unsigned(error.into())
    }
}

/// Everything in the package, the list first. `entrance`: the official address.
///
/// # Errors
/// [`NotPacked`].
pub async fn files_of(portal: &Portal, filing: &StoredFiling, entrance: Option<&str>) -> Result<Vec<PackedFile>, NotPacked> {
    let held = |name: &str| filing.content.get(name).map(String::as_str).filter(|value| !value.is_empty());
    let kept: Vec<&Attachment> = filing.attachments.iter().filter(|attachment| attachment.is_kept()).collect();
    let proofs: Vec<(String, &Attachment)> = (1..).zip(&kept).map(|(number, file)| (names::proof(number, file), *file)).collect();
    let mut files = vec![form(portal, filing, &proofs).await?];
    let commitment = held(COMMITMENT.name);
    if let Some(code) = commitment {
        files.extend(letter(portal, filing, code).await?);
    }
    let mut listed: Vec<Listed> = files.iter().map(|file| listed(file, None)).collect();
    for (name, proof) in proofs {
        let FileState::Kept { sha256, bytes, .. } = &proof.state else { continue };
        listed.push(Listed { name: name.clone(), original_name: Some(proof.name.clone()), bytes: *bytes, sha256: sha256.clone() });
        files.push(PackedFile { name, content: PackedContent::Kept(sha256.clone()) });
    }
    let channel = held(CHANNEL.name).unwrap_or_default();
    let channel_words =
        filing.kind.form().field(CHANNEL.name).map(|field| answers::answer(field, channel, Lang::Zh)).unwrap_or_default();
    let names: Vec<String> = listed.iter().map(|file| file.name.clone()).collect();
    let page = portal.config.public_url.join(&format!("filings/{}", filing.id)).map(|page| page.to_string()).unwrap_or_default();
    let note = note(&NoteWords {
        kind: filing.kind,
        enterprise: &filing.enterprise.name,
        reference: &filing.reference,
        channel: &channel_words,
        address: entrance.unwrap_or(ASK_THE_PAGE),
        files: &names,
        page: &page,
    });
    // Editors on Windows take a text without this mark for GBK.
    let note = PackedFile { name: names::NOTE.to_owned(), content: PackedContent::Made(format!("\u{feff}{note}").into_bytes()) };
    listed.insert(0, self::listed(&note, None));
    files.insert(0, note);
    let manifest = Manifest {
        format: "chengxin.package.1",
        submission: &filing.id,
        reference: &filing.reference,
        kind: filing.kind.name(),
        filed_at: app::time_text::machine(filing.filed_at),
        enterprise: &filing.enterprise,
        channel,
        official_address: entrance,
        commitment,
        files: &listed,
    };
    let manifest = serde_json::to_vec_pretty(&manifest).map_err(|error| NotPacked::Document(error.to_string()))?;
    files.insert(0, PackedFile { name: names::MANIFEST.to_owned(), content: PackedContent::Made(manifest) });
    Ok(files)
}

fn listed(file: &PackedFile, original_name: Option<String>) -> Listed {
    let PackedContent::Made(content) = &file.content else {
        return Listed { name: file.name.clone(), original_name, bytes: 0, sha256: String::new() };
    };
    let sha256 = hexadecimal::write(&Sha256::digest(content));
    Listed { name: file.name.clone(), original_name, bytes: content.len() as u64, sha256 }
}

/// The application form.
async fn form(portal: &Portal, filing: &StoredFiling, proofs: &[(String, &Attachment)]) -> Result<PackedFile, NotPacked> {
    let paper = application(&Application {
        kind: filing.kind,
        enterprise: &filing.enterprise,
        agent: (&filing.filed_by.name, filing.filed_by.role),
        filed_at: filing.filed_at,
        reference: &filing.reference,
        content: &filing.content,
        proofs,
    });
    let name = format!("01-{}", title(filing.kind));
    set(portal, name, paper, pdf).await
}

/// The commitment's certificate and receipt, under the checkpoint of the day of this filing.
async fn letter(portal: &Portal, filing: &StoredFiling, code: &str) -> Result<Vec<PackedFile>, NotPacked> {
    let absent = |what: &str| NotPacked::Document(format!("{what} of the commitment {code} is not there"));
    let id = portal.storage.filing_of_commitment(code, &filing.enterprise.code).await?.ok_or_else(|| absent("the filing"))?;
    let own = portal.storage.receipt(&filing.id).await?.ok_or_else(|| absent("a receipt of the application"))?;
    let size = u64::try_from(own.log_number).map_err(|_| absent("a place in the log"))? + 1;
    let (bundle, proven) = receipt_as_of(portal, &id, size).await?.ok_or_else(|| absent("the receipt"))?;
    let receipt = bundle.write();
    let base = portal.config.public_url.as_str().trim_end_matches('/');
    let paper = certificate(&bundle, &proven, format!("{base}/verify?code={code}"));
    let (content, made_at): (String, Instant) = (receipt.clone(), bundle.accepted.at);
    let attached = move |paper: &Paper, font: &DocumentFont| {
        pdf_with_receipt(paper, font, Attached { name: names::RECEIPT.to_owned(), content, made_at })
    };
    Ok(vec![
        set(portal, names::LETTER.to_owned(), paper, attached).await?,
        PackedFile { name: names::RECEIPT.to_owned(), content: PackedContent::Made(receipt.into_bytes()) },
    ])
}

/// A paper as a PDF or, where no font is there, as plain text: what is to be handed over must not hang on a font.
async fn set(
    portal: &Portal,
    name: String,
    paper: Paper,
    as_pdf: impl FnOnce(&Paper, &DocumentFont) -> Result<Vec<u8>, String> + Send + 'static,
) -> Result<PackedFile, NotPacked> {
    let Some(font) = portal.font.clone() else {
        let text = format!("\u{feff}{}", paper.text());
        return Ok(PackedFile { name: format!("{name}.txt"), content: PackedContent::Made(text.into_bytes()) });
    };
    let set = tokio::task::spawn_blocking(move || as_pdf(&paper, &font)).await;
    let content = set.map_err(|error| error.to_string()).and_then(|set| set).map_err(NotPacked::Document)?;
    Ok(PackedFile { name: format!("{name}.pdf"), content: PackedContent::Made(content) })
}
