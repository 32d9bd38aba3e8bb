//! The style: one file of all imports, in their order, for the browsers that we promise.

use std::path::Path;

use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions};
use lightningcss::targets::{Browsers, Targets};

use crate::trouble::{Outcome, While};

/// The oldest browsers that get our style.
const FLOOR: Browsers = Browsers {
    chrome: Some(86 << 16),
    firefox: Some(102 << 16),
    safari: Some(16 << 16),
    android: None,
    edge: None,
    ie: None,
    ios_saf: None,
    opera: None,
    samsung: None,
};

/// Bundles and minifies.
pub fn bundled(entry: &Path) -> Outcome<Vec<u8>> {
    let targets = Targets::from(FLOOR);
    let files = FileProvider::new();
    let mut bundler = Bundler::new(&files, None, ParserOptions::default());
    let mut sheet = bundler.bundle(entry).during("bundling the style")?;
    sheet.minify(MinifyOptions { targets, ..Default::default() }).during("minifying the style")?;
    let printer = PrinterOptions { minify: true, targets, ..Default::default() };
    Ok(sheet.to_css(printer).during("printing the style")?.code.into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn imports_keep_their_order_and_the_floor_is_respected() {
        let folder = std::env::temp_dir().join(format!("bundle-style-{}", std::process::id()));
        fs::create_dir_all(folder.join("components")).unwrap();
        fs::write(folder.join("main.css"), "@import 'base.css';\n@import 'components/button.css';\n@import 'print.css';").unwrap();
        fs::write(folder.join("base.css"), ".a { color: red; inset: 0 }").unwrap();
        fs::write(folder.join("components/button.css"), ".b { color: green; &:hover { color: blue } }").unwrap();
        fs::write(folder.join("print.css"), "@media print { .a { color: black } }").unwrap();
        let css = String::from_utf8(bundled(&folder.join("main.css")).unwrap()).unwrap();
        let at = |part: &str| css.find(part).unwrap_or_else(|| panic!("{part} in {css}"));
        assert!(at(".a{") < at(".b{") && at(".b{") < at(".b:hover{") && at(".b:hover{") < at("@media print"));
        assert!(!css.contains("inset:") && !css.contains('&') && !css.contains("@import"), "{css}");
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_missing_import_is_said() {
        let folder = std::env::temp_dir().join(format!("bundle-style-missing-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("main.css"), "@import 'gone.css';").unwrap();
        assert!(bundled(&folder.join("main.css")).is_err());
        fs::remove_dir_all(folder).unwrap();
    }
}
