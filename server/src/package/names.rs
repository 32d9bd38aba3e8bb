//! Names of the files in a package: each once, and safe on every system that unpacks it.

use credit::attachment::{Attachment, FileState, MediaType};

/// The list of files.
pub(super) const MANIFEST: &str = "manifest.json";
/// The note.
pub(super) const NOTE: &str = "说明.txt";
/// The commitment's certificate, without its ending.
pub(super) const LETTER: &str = "02-信用修复承诺书";
/// The commitment's receipt.
pub(super) const RECEIPT: &str = "02-信用修复承诺书凭证.json";

/// Most characters of a name that somebody chose.
const MOST: usize = 60;

/// The name of a proof: its number makes it the only one, and its ending is what it was found to be, whatever it was called.
pub(super) fn proof(number: usize, file: &Attachment) -> String {
    let ending = match &file.state {
        FileState::Kept { media_type, .. } => ending(*media_type),
        FileState::Refused(_) => "bin",
    };
    let stem = file.name.rsplit_once('.').map_or(file.name.as_str(), |(stem, _)| stem);
    format!("证明材料/{number:02}-{}.{ending}", safe(stem))
}

fn ending(media_type: MediaType) -> &'static str {
    match media_type {
        MediaType::Pdf => "pdf",
        MediaType::Jpeg => "jpg",
        MediaType::Png => "png",
        MediaType::Heic => "heic",
        MediaType::Ofd => "ofd",
    }
}

/// What no system takes for anything but a name: no separators, no signs that Windows forbids, nothing unseen, no dots or blanks
/// at the ends.
fn safe(stem: &str) -> String {
    let kept = |c: char| {
        let is_bad = c.is_control() || credit::normal_text::is_unseen(c) || r#"/\:*?"<>|"#.contains(c);
        if is_bad { '_' } else { c }
    };
    let safe: String = stem.chars().take(MOST).map(kept).collect();
    let safe = safe.trim_matches(['.', ' ']);
    if safe.is_empty() { "附件".to_owned() } else { safe.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> String {
        let state = FileState::Kept { sha256: "ab".repeat(32), media_type: MediaType::Pdf, bytes: 1 };
        proof(7, &Attachment { id: "1".into(), name: name.into(), state })
    }

    #[test]
    fn a_name_that_somebody_chose_is_safe_everywhere() {
        assert_eq!(named("缴款书.pdf"), "证明材料/07-缴款书.pdf");
        assert_eq!(named("照片.jpg"), "证明材料/07-照片.pdf", "the ending is what was found");
        assert_eq!(named("../../etc/passwd"), "证明材料/07-.._.pdf".replace(".._", "_"));
        assert_eq!(named("C:\\a|b?.pdf"), "证明材料/07-C__a_b_.pdf");
        assert_eq!(named("gnp\u{202e}.pdf"), "证明材料/07-gnp_.pdf");
        assert_eq!(named(" . .pdf"), "证明材料/07-附件.pdf");
        assert_eq!(named(&"长".repeat(200)).chars().count(), "证明材料/07-.pdf".chars().count() + MOST);
    }
}
