//! What the portal says when it accepts a filing (受理回执): a text of lines `名称：值` that the public log holds a salted hash
//! of. With it and the log's proof anyone can check that the portal took exactly this, then, from this enterprise.

use sha2::{Digest, Sha256};

use crate::credit_code::CreditCode;
use crate::enterprise::Enterprise;
use crate::filing::Instant;
use crate::hexadecimal;
use crate::signing::{Signature, lines, of_wall, wall};

const KIND: &str = "受理回执";
const VERSION: &str = "1";
const NONE: &str = "无";
const NAMES: [&str; 12] = [
    "文书",
    "版本",
    "申报件",
    "受理编号",
    "企业名称",
    "统一社会信用代码",
    "事项",
    "承诺编码",
    "正文指纹（SHA-256）",
    "签署方式",
    "签名指纹（SHA-256）",
    "受理时间",
];

/// How what was accepted was signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignedHow {
    /// Sent by somebody who had signed in; the pledge was ticked.
    Filed,
    /// The signatory proved anew who they are, and confirmed.
    Confirmed,
    /// By an electronic signature; the SHA-256 of its 64 bytes.
    Signed([u8; 32]),
}

impl SignedHow {
    /// By this signature.
    pub fn signed(signature: &Signature) -> Self {
        Self::Signed(sha256(&signature.bytes()))
    }

    fn words(self) -> &'static str {
        match self {
            Self::Filed => "网上提交",
            Self::Confirmed => "身份认证后五分钟内确认",
            Self::Signed(_) => "电子签名（SM2）",
        }
    }
}

/// An acceptance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// The filing's id.
    pub id: String,
    /// The number people use.
    pub reference: String,
    /// For whom it was filed.
    pub enterprise: Enterprise,
    /// What it is, in Chinese: 资质证照登记.
    pub matter: String,
    /// 承诺编码, of a commitment.
    pub code: Option<String>,
    /// SHA-256 of the document that was accepted, in UTF-8.
    pub document: [u8; 32],
    /// How it was signed.
    pub signed: SignedHow,
    /// When it was accepted; the text says it to the second.
    pub at: Instant,
}

impl Acceptance {
    /// The text. `None` where a value holds what may not stand in one (see [`lines::is_value`]).
    pub fn text(&self) -> Option<String> {
        let (document, time) = (hexadecimal::write(&self.document), wall(self.at)?);
        let signature = match &self.signed {
            SignedHow::Signed(digest) => hexadecimal::write(digest),
            _ => NONE.to_owned(),
        };
        let values = [
            KIND,
            VERSION,
            &self.id,
            &self.reference,
            &self.enterprise.name,
            self.enterprise.code.as_str(),
            &self.matter,
            self.code.as_deref().unwrap_or(NONE),
            &document,
            self.signed.words(),
            &signature,
            &time,
        ];
        let all: Vec<_> = NAMES.into_iter().zip(values).collect();
        values.into_iter().all(lines::is_value).then(|| lines::write(&all))
    }

    /// Reads such a text; only what [`Self::text`] would write again is one. The time is that of the text, to the second.
    pub fn read(text: &str) -> Option<Self> {
        let [_, _, id, reference, name, code, matter, commitment, document, how, signature, time] = lines::read(text, NAMES)?;
        let signed = match (how, signature) {
            (how, NONE) => [SignedHow::Filed, SignedHow::Confirmed].into_iter().find(|known| known.words() == how)?,
            (_, digest) => SignedHow::Signed(hexadecimal::read(digest)?),
        };
        let read = Self {
            id: id.to_owned(),
            reference: reference.to_owned(),
            enterprise: Enterprise { code: CreditCode::parse(code).ok()?, name: name.to_owned() },
            matter: matter.to_owned(),
            code: (commitment != NONE).then(|| commitment.to_owned()),
            document: hexadecimal::read(document)?,
            signed,
            at: of_wall(time)?,
        };
        (read.text().as_deref() == Some(text)).then_some(read)
    }
}

/// SHA-256.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}
