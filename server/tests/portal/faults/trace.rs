//! What a program wrote, in the order in which it did, as strace saw it.

use std::collections::HashMap;
use std::path::Path;

/// One thing it did.
#[derive(Clone, Debug)]
pub enum Deed {
    /// Bytes at a place of a file.
    Write { file: String, at: usize, bytes: Vec<u8> },
    /// A file cut to a length.
    Truncate { file: String, length: usize },
    /// A file taken away. SQLite syncs its folder after that, so here it is gone at once.
    Remove { file: String },
    /// A file that got another name.
    Rename { from: String, to: String },
    /// A folder that was made.
    Folder { path: String },
    /// All that was written to a file before the deed of this number is on the disk now; of a folder, the names in it.
    Sync { file: String, before: usize },
    /// Somebody was told that this was filed.
    Answer { filing: String },
    /// Somebody was led on from a draft: what they had typed is kept.
    Kept { draft: String },
}

/// The calls that matter, as strace takes them.
pub const CALLS: &str = "trace=pwrite64,fsync,fdatasync,ftruncate,unlink,rename,mkdir,sendto,write,writev";

/// Reads a trace of the program (`strace -f -y -xx -s 200000`), for this folder and what is in it.
pub fn read(trace: &Path, data: &Path) -> Vec<Deed> {
    let mut deeds = Vec::new();
    let inside = |path: &str| Path::new(path).starts_with(data);
    // Where the next of the bytes goes that are written one after another.
    let mut ends: HashMap<String, usize> = HashMap::new();
    let mut syncing: HashMap<&str, (String, usize)> = HashMap::new();
    let text = std::fs::read_to_string(trace).unwrap();
    for line in text.lines() {
        let Some((thread, call)) = line.split_once(' ') else { continue };
        let call = call.trim_start();
        if call.starts_with("<... f") && call.contains("sync resumed>") {
            if let (Some((file, before)), true) = (syncing.remove(thread), call.contains("= 0")) {
                deeds.push(Deed::Sync { file, before });
            }
            continue;
        }
        let Some((name, rest)) = call.split_once('(') else { continue };
        if matches!(name, "sendto" | "write" | "writev") {
            let said = strings(rest).concat();
            if let (Some(file), "write") = (path_of(rest).filter(|path| inside(path)), name) {
                let end = ends.entry(file.clone()).or_default();
                let at = std::mem::replace(end, *end + said.len());
                deeds.push(Deed::Write { file, at, bytes: said });
                continue;
            }
            let said = String::from_utf8_lossy(&said);
            let place = said.split_once("location: /filings/").and_then(|(_, place)| place.split_once("?filed=1"));
            if let Some((id, _)) = place {
                deeds.push(Deed::Answer { filing: id.to_owned() });
            }
            let place = said.split_once("location: /drafts/").and_then(|(_, place)| place.split_once("/review"));
            if let Some((id, _)) = place {
                deeds.push(Deed::Kept { draft: id.to_owned() });
            }
            continue;
        }
        if matches!(name, "unlink" | "rename" | "mkdir") {
            let paths: Vec<_> = strings(rest).into_iter().map(|path| String::from_utf8_lossy(&path).into_owned()).collect();
            if rest.contains("= -1") || !paths.iter().all(|path| inside(path)) {
                continue;
            }
            match (name, &paths[..]) {
                ("unlink", [file]) => deeds.push(Deed::Remove { file: file.clone() }),
                ("rename", [from, to]) => deeds.push(Deed::Rename { from: from.clone(), to: to.clone() }),
                ("mkdir", [path]) => deeds.push(Deed::Folder { path: path.clone() }),
                _ => {}
            }
            continue;
        }
        let Some(file) = path_of(rest).filter(|path| inside(path)) else { continue };
        match name {
            "fsync" | "fdatasync" if rest.contains("<unfinished") => {
                syncing.insert(thread, (file, deeds.len()));
            }
            "fsync" | "fdatasync" if rest.contains("= 0") => deeds.push(Deed::Sync { file, before: deeds.len() }),
            // A write counts from its beginning: whether it is on the disk depends on the sync that comes after it.
            "pwrite64" => deeds.push(Deed::Write { file, at: last_number(rest), bytes: strings(rest).concat() }),
            "ftruncate" => deeds.push(Deed::Truncate { file, length: last_number(rest) }),
            _ => {}
        }
    }
    deeds
}

/// The path in `7</a/b>, …`, which strace may have spelled in hexadecimal.
fn path_of(arguments: &str) -> Option<String> {
    let (_, path) = arguments.split_once('<')?;
    let (path, _) = path.split_once('>')?;
    Some(String::from_utf8_lossy(&unescaped(path)).into_owned())
}

/// Everything that stands in quotes.
fn strings(arguments: &str) -> Vec<Vec<u8>> {
    arguments.split('"').skip(1).step_by(2).map(unescaped).collect()
}

fn unescaped(text: &str) -> Vec<u8> {
    if !text.starts_with("\\x") {
        return text.as_bytes().to_vec();
    }
    text.split("\\x").skip(1).filter_map(|digits| u8::from_str_radix(digits.get(..2)?, 16).ok()).collect()
}

/// The last argument, before `) = …` or ` <unfinished ...>`.
fn last_number(arguments: &str) -> usize {
    let end = arguments.rfind(") ").or_else(|| arguments.rfind(" <unfinished")).unwrap_or(arguments.len());
    let last = arguments[..end].rsplit(',').next().unwrap_or_default();
    last.trim().parse().unwrap_or_else(|_| panic!("no number at the end of {:?}", &arguments[arguments.len().saturating_sub(80)..]))
}
