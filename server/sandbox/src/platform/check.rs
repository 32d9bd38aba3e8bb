//! What the platform looks at before it takes a submission.

use chrono::DateTime;
use sha2::{Digest, Sha256};

use crate::{
    credit_code, enterprises,
    platform::{
        envelope::Envelope,
        problem::{FieldError, Problem},
        state::State,
        submission::Stage,
    },
};

/// Takes an envelope that holds; says what does not. What is missing comes before what is wrong.
pub(crate) fn check(envelope: &Envelope, state: &State) -> Result<(), Problem> {
    if DateTime::parse_from_rfc3339(&envelope.filed_at).is_err() {
        return Err(Problem::malformed("filed_at 不是 RFC 3339 时间。"));
    }
    let missing: Vec<_> = envelope
        .attachments
        .iter()
        .map(|attachment| attachment.sha256.as_str())
        .filter(|sha256| !state.attachments.contains_key(*sha256))
        .collect();
    if !missing.is_empty() {
        return Err(Problem::attachments_missing(&missing));
    }
    let errors = errors(envelope, state);
    if errors.is_empty() { Ok(()) } else { Err(Problem::content_refused(&errors)) }
}

fn errors(envelope: &Envelope, state: &State) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let mut refuse = |field, code, detail| errors.push(FieldError { field, code, detail });
    let code = &envelope.enterprise.credit_code;
    if !credit_code::holds(code) {
        refuse("enterprise", "invalid-credit-code", "统一社会信用代码的校验位不符。");
    } else if enterprises::find(code).is_none() {
        refuse("enterprise", "unknown-enterprise", "平台没有这个统一社会信用代码的主体。");
    }
    if envelope.content.values().all(|value| value.trim().is_empty()) {
        refuse("content", "required", "申报内容不能为空。");
    }
    // The way to see a refusal at a field: no real number contains this word.
    if envelope.content.get("number").is_some_and(|number| number.contains("REFUSE")) {
        refuse("number", "not-found-at-issuer", "发证机关查无此编号，请核对后重新填写。");
    }
    if let Some(pledge) = &envelope.pledge
        && hex(&Sha256::digest(&pledge.text)) != pledge.sha256
    {
        refuse("pledge", "pledge-mismatch", "承诺书文本与其 SHA-256 不符。");
    }
    if let Some(commitment) = &envelope.commitment {
        if hex(&Sha256::digest(&commitment.statement)) != commitment.statement_sha256 {
            refuse("commitment", "statement-mismatch", "承诺书文本与其 SHA-256 不符。");
        }
        if commitment.code.len() != 20 || !commitment.code.bytes().all(|byte| byte.is_ascii_digit()) {
            refuse("commitment", "invalid-commitment-code", "承诺编码须为 20 位数字。");
        }
        if commitment.signature["level"].as_str().is_none_or(|level| !matches!(level, "signature" | "confirmation")) {
            refuse("commitment", "unknown-signature-level", "没有这种签署方式。");
        }
    }
    if let Some(revised) = envelope.revises {
        match state.submissions.get(&revised).map(|submission| submission.stage) {
            Some(Stage::Returned | Stage::Granted | Stage::Refused) => {}
            Some(_) => refuse("revises", "not-returned", "被更正的申报件尚未退回，也未办结。"),
            None => refuse("revises", "unknown-submission", "平台没有收到过被补正的申报件。"),
        }
    }
    errors
}

/// Bytes as lower-case hexadecimal, the way content addresses are written.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether the text is a SHA-256 in lower-case hexadecimal.
pub(crate) fn is_address(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}
