//! The one spelling of a receipt's file. It is JSON, so that anyone can read it; and strict, so that nobody can change it.

use super::{Bundle, FORMAT, Inclusion, Signed};
use crate::hexadecimal;
use crate::log::tree::Hash;
use crate::signing::{PublicKey, Signature};

/// A proof in a log of 2⁶⁴ entries has no more hashes.
const MOST_HASHES: usize = 64;

pub(super) fn write(bundle: &Bundle) -> String {
    let mut to = String::from("{\n");
    member(&mut to, "format", &text(FORMAT), ",");
    member(&mut to, "document", &text(&bundle.document), ",");
    member(&mut to, "acceptance", &text(&bundle.acceptance), ",");
    if let Some(signed) = &bundle.signed {
        member(&mut to, "key", &text(&hexadecimal::write(&signed.key.spki())), ",");
        member(&mut to, "signature", &text(&hexadecimal::write(&signed.signature.bytes())), ",");
        member(&mut to, "enrolment", &text(&signed.enrolment), ",");
        member(&mut to, "enrolment_signature", &text(&hexadecimal::write(&signed.enrolment_signature.bytes())), ",");
        inclusion(&mut to, "enrolled", &signed.enrolled);
    }
    inclusion(&mut to, "accepted", &bundle.accepted);
    member(&mut to, "checkpoint", &text(&bundle.checkpoint), "");
    to.push_str("}\n");
    to
}

fn member(to: &mut String, name: &str, value: &str, end: &str) {
    to.push_str(&format!("\"{name}\": {value}{end}\n"));
}

fn inclusion(to: &mut String, name: &str, inclusion: &Inclusion) {
    member(to, &format!("{name}_at"), &inclusion.at.to_string(), ",");
    member(to, &format!("{name}_salt"), &text(&hexadecimal::write(&inclusion.salt)), ",");
    member(to, &format!("{name}_index"), &inclusion.index.to_string(), ",");
    let proof: Vec<String> = inclusion.proof.iter().map(|hash| text(&hexadecimal::write(hash))).collect();
    member(to, &format!("{name}_proof"), &format!("[{}]", proof.join(", ")), ",");
}

/// A JSON string: only what must be escaped is.
fn text(value: &str) -> String {
    let mut to = String::with_capacity(value.len() + 2);
    to.push('"');
    for c in value.chars() {
        match c {
            '"' => to.push_str("\\\""),
            '\\' => to.push_str("\\\\"),
            '\n' => to.push_str("\\n"),
            c if c < ' ' => to.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => to.push(c),
        }
    }
    to.push('"');
    to
}

/// Reads what [`write`] writes. It may forgive other spellings: whoever calls compares.
pub(super) fn read(file: &str) -> Option<Bundle> {
    let mut from = Reader { rest: file };
    from.skip("{\n")?;
    if from.text("format")? != FORMAT {
        return None;
    }
    let document = from.text("document")?;
    let acceptance = from.text("acceptance")?;
    let signed = if from.rest.starts_with("\"key\"") { Some(from.signed()?) } else { None };
    let accepted = from.inclusion("accepted")?;
    let checkpoint = from.text("checkpoint")?;
    (from.rest == "}\n").then_some(Bundle { document, acceptance, signed, accepted, checkpoint })
}

struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn skip(&mut self, what: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(what)?;
        Some(())
    }

    /// The rest of the line after the member's name, without its comma.
    fn value(&mut self, name: &str) -> Option<&'a str> {
        self.skip("\"")?;
        self.skip(name)?;
        self.skip("\": ")?;
        let (value, rest) = self.rest.split_once('\n')?;
        self.rest = rest;
        Some(value.strip_suffix(',').unwrap_or(value))
    }

    fn text(&mut self, name: &str) -> Option<String> {
        unescaped(self.value(name)?)
    }

    fn bytes<const N: usize>(&mut self, name: &str) -> Option<[u8; N]> {
        hexadecimal::read(&self.text(name)?)
    }

    fn signed(&mut self) -> Option<Signed> {
        Some(Signed {
            key: PublicKey::from_spki(&self.bytes::<91>("key")?).ok()?,
            signature: Signature::from_bytes(&self.bytes("signature")?).ok()?,
            enrolment: self.text("enrolment")?,
            enrolment_signature: Signature::from_bytes(&self.bytes("enrolment_signature")?).ok()?,
            enrolled: self.inclusion("enrolled")?,
        })
    }

    fn inclusion(&mut self, name: &str) -> Option<Inclusion> {
        Some(Inclusion {
            at: self.value(&format!("{name}_at"))?.parse().ok()?,
            salt: self.bytes(&format!("{name}_salt"))?,
            index: self.value(&format!("{name}_index"))?.parse().ok()?,
            proof: hashes(self.value(&format!("{name}_proof"))?)?,
        })
    }
}

fn hashes(list: &str) -> Option<Vec<Hash>> {
    let list = list.strip_prefix('[')?.strip_suffix(']')?;
    if list.is_empty() {
        return Some(Vec::new());
    }
    let hashes: Option<Vec<Hash>> = list.split(", ").map(|hash| hexadecimal::read(&unescaped(hash)?)).collect();
    hashes.filter(|hashes| hashes.len() <= MOST_HASHES)
}

fn unescaped(value: &str) -> Option<String> {
    let mut inner = value.strip_prefix('"')?.strip_suffix('"')?.chars();
    let mut to = String::new();
    while let Some(c) = inner.next() {
        to.push(match c {
            '\\' => match inner.next()? {
                'n' => '\n',
                'u' => {
                    let digits: String = inner.by_ref().take(4).collect();
                    char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?
                }
                c => c,
            },
            c => c,
        });
    }
    Some(to)
}
