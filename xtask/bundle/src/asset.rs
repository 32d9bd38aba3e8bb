//! One file under `/assets/`: a name that changes with its content, and its compressed forms.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use crate::trouble::{Outcome, While};

/// A file of the site, ready to be written.
#[derive(Debug)]
pub struct Asset {
    /// What the manifest calls it: `main.css`.
    pub name: String,
    /// What it is called on disk and in addresses: `main.3f2a….css`.
    pub hashed_name: String,
    raw: Vec<u8>,
    brotli: Vec<u8>,
    gzip: Vec<u8>,
}

/// How many bytes each form has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sizes {
    /// As it is.
    pub raw: usize,
    /// After brotli.
    pub brotli: usize,
    /// After gzip.
    pub gzip: usize,
}

impl Asset {
    /// Names and compresses.
    pub fn new(name: &str, raw: Vec<u8>) -> Outcome<Self> {
        let (stem, end) = name.rsplit_once('.').unwrap_or((name, "bin"));
        let hashed_name = format!("{stem}.{}.{end}", fingerprint(&raw));
        let brotli = brotli(&raw).during(format!("compressing {name}"))?;
        let gzip = gzip(&raw).during(format!("compressing {name}"))?;
        Ok(Self { name: name.to_owned(), hashed_name, raw, brotli, gzip })
    }

    /// Its sizes.
    pub fn sizes(&self) -> Sizes {
        Sizes { raw: self.raw.len(), brotli: self.brotli.len(), gzip: self.gzip.len() }
    }

    /// Writes it and its compressed forms into a folder.
    pub fn write_into(&self, folder: &Path) -> Outcome {
        for (end, bytes) in [("", &self.raw), (".br", &self.brotli), (".gz", &self.gzip)] {
            let path = folder.join(format!("{}{end}", self.hashed_name));
            fs::write(&path, bytes).during(format!("writing {}", path.display()))?;
        }
        Ok(())
    }
}

/// The first ten hexadecimal digits of SHA-256.
pub fn fingerprint(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in &Sha256::digest(bytes)[..5] {
        // Writing into a string does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

fn brotli(raw: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut out = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 24, size_hint: raw.len(), ..Default::default() };
    let mut reader = raw;
    brotli::BrotliCompress(&mut reader, &mut out, &parameters)?;
    Ok(out)
}

fn gzip(raw: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(raw)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn the_name_changes_with_the_content_and_only_with_it() {
        let name = |content: &str| Asset::new("main.css", content.into()).unwrap().hashed_name;
        assert_eq!(name("a{}"), name("a{}"));
        assert_ne!(name("a{}"), name("b{}"));
        assert_eq!(name(""), "main.e3b0c44298.css");
    }

    #[test]
    fn the_compressed_forms_give_the_content_back() {
        let content = "信用修复 ".repeat(1000).into_bytes();
        let asset = Asset::new("a.js", content.clone()).unwrap();
        let mut back = Vec::new();
        flate2::read::GzDecoder::new(&asset.gzip[..]).read_to_end(&mut back).unwrap();
        assert_eq!(back, content);
        back.clear();
        brotli::BrotliDecompress(&mut &asset.brotli[..], &mut back).unwrap();
        assert_eq!(back, content);
        assert!(asset.sizes().brotli < asset.sizes().raw / 10);
    }
}
