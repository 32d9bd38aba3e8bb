//! What is filed, as a document in words: the text that a receipt proves. In Chinese, as it is filed and binds.

use credit::attachment::{Attachment, FileState};
use credit::enterprise::Enterprise;
use credit::form::FormKind;
use credit::pledge::Pledge;
use credit::registration::Content;

use crate::components::pledge_form::purpose_words;
use crate::pages::review::content_rows;
use crate::wording::Lang;

/// What stands before each further line of an answer, so that none looks like a line of its own.
const INDENT: &str = "\u{3000}\u{3000}";

/// The document: for whom, every answer with who will see it, every file with its SHA-256, the pledge and the authorisations.
pub fn filed_document(enterprise: &Enterprise, kind: FormKind, content: &Content, files: &[Attachment], pledge: &Pledge) -> String {
    let lang = Lang::Zh;
    let mut lines = vec![
        line("文书", lang.say(kind.form().title)),
        line("企业名称", &enterprise.name),
        line("统一社会信用代码", enterprise.code.as_str()),
    ];
    for row in content_rows(kind, content, None, lang) {
        let note = row.note.map(|note| format!("（{note}）")).unwrap_or_default();
        lines.push(line(&row.label, &format!("{}{note}", row.answer)));
    }
    for file in files {
        if let FileState::Kept { sha256, .. } = &file.state {
            lines.push(line("附件", &format!("{} SHA-256 {sha256}", file.name)));
        }
    }
    let purposes: Vec<&str> = pledge.purposes.iter().map(|purpose| purpose_words(*purpose, lang)).collect();
    lines.push(line("授权", if purposes.is_empty() { "无" } else { "" }));
    lines.extend(purposes.into_iter().map(|purpose| format!("{INDENT}{purpose}")));
    lines.push(line("承诺", ""));
    lines.extend(pledge.text.lines().map(|text| format!("{INDENT}{text}")));
    lines.push(String::new());
    lines.join("\n")
}

fn line(name: &str, value: &str) -> String {
    format!("{name}：{}", value.lines().collect::<Vec<_>>().join(&format!("\n{INDENT}")))
}
