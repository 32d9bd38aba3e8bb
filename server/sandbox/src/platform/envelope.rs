//! A submission as it stands on the wire, version 1.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::platform::problem::Problem;

/// The envelope.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Envelope {
    pub(crate) wire: String,
    pub(crate) id: Uuid,
    /// For example `registration.licence`.
    pub(crate) kind: String,
    pub(crate) filed_at: String,
    /// The reference that the filer was given.
    pub(crate) reference: String,
    /// The returned submission that this one mends.
    pub(crate) revises: Option<Uuid>,
    pub(crate) enterprise: EnterpriseNamed,
    pub(crate) filed_by: FiledBy,
    pub(crate) form: FormVersion,
    pub(crate) content: BTreeMap<String, String>,
    pub(crate) attachments: Vec<AttachmentNamed>,
    pub(crate) pledge: Option<Pledge>,
    pub(crate) consents: Vec<Consent>,
    /// Only of a commitment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) commitment: Option<Commitment>,
}

/// A commitment 信用承诺, as it was signed.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Commitment {
    /// 承诺编码
    pub(crate) code: String,
    /// 承诺类型, as the table of the wire has it.
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// The letter, word by word: what was shown and signed.
    pub(crate) statement: String,
    pub(crate) statement_sha256: String,
    /// How it was signed.
    pub(crate) signature: Value,
    /// 公开类型
    pub(crate) scope: String,
}

/// For whom it is filed.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct EnterpriseNamed {
    pub(crate) credit_code: String,
    pub(crate) name: String,
}

/// Who filed it.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct FiledBy {
    pub(crate) name: String,
    pub(crate) role: String,
}

/// The form that was filled in.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct FormVersion {
    pub(crate) name: String,
    pub(crate) version: u32,
}

/// A file that belongs to the submission; its bytes come on their own.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct AttachmentNamed {
    pub(crate) sha256: String,
    pub(crate) name: String,
    pub(crate) media_type: String,
    pub(crate) bytes: u64,
    pub(crate) field: String,
}

/// The pledge that was signed, word by word.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Pledge {
    pub(crate) version: String,
    pub(crate) sha256: String,
    pub(crate) text: String,
}

/// A use of the content that was allowed, or not.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Consent {
    pub(crate) purpose: Purpose,
    pub(crate) given: bool,
}

/// What content may be used for.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Purpose {
    /// 公示
    Publish,
    /// 信用评价
    Evaluate,
    /// 信用报告
    Report,
}

impl Purpose {
    /// The word for a person.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Publish => "公示",
            Self::Evaluate => "信用评价",
            Self::Report => "信用报告",
        }
    }
}

/// Reads JSON of version 1. The version is looked at first: a later one may have another shape.
pub(crate) fn read<T: serde::de::DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    let value: Value = serde_json::from_slice(body).map_err(|error| Problem::malformed(format!("不是有效的 JSON：{error}")))?;
    match value.get("wire") {
        Some(Value::String(version)) if version == "1" => {}
        Some(Value::String(version)) => return Err(Problem::unknown_wire(version)),
        _ => return Err(Problem::unknown_wire("（未注明）")),
    }
    serde_json::from_value(value).map_err(|error| Problem::malformed(format!("报文结构不符：{error}")))
}
