//! Forms with files, as browsers send them (RFC 7578).

const BOUNDARY: &str = "----browserFormBoundary7MA4YWxkTrZu0gW";

/// A file that somebody chose.
pub struct ChosenFile {
    pub name: String,
    pub content: Vec<u8>,
}

impl ChosenFile {
    pub fn new(name: &str, content: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), content: content.into() }
    }

    /// A small PDF.
    pub fn pdf(name: &str) -> Self {
        Self::new(name, format!("%PDF-1.7\n% {name}\n%%EOF\n"))
    }
}

pub fn media_type() -> String {
    format!("multipart/form-data; boundary={BOUNDARY}")
}

/// The body. Without files the file field arrives empty, as browsers send it.
pub fn body(fields: &[(&str, &str)], files: &[ChosenFile]) -> Vec<u8> {
    let mut body = beginning(fields);
    for file in files {
        body.extend(file_head(&file.name));
        body.extend(&file.content);
        body.extend(b"\r\n");
    }
    if files.is_empty() {
        body.extend(file_head(""));
        body.extend(b"\r\n");
    }
    body.extend(ending());
    body
}

/// The fields alone, so that something else can follow.
pub fn beginning(fields: &[(&str, &str)]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
    }
    body
}

/// What stands before a file's content. Browsers escape quotes and line breaks in a name, and nothing else.
pub fn file_head(name: &str) -> Vec<u8> {
    let name = name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
    format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
    )
    .into_bytes()
}

pub fn ending() -> Vec<u8> {
    format!("--{BOUNDARY}--\r\n").into_bytes()
}
