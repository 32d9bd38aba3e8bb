//! Refusals as problem documents (RFC 9457).

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use serde_json::{Value, json};

/// The prefix of every `type`. A tag URI names and leads nowhere, so it is the same on every machine.
const TYPES: &str = "tag:credit-platform.example,2026:problem/";

/// One refusal.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    code: &'static str,
    title: &'static str,
    detail: String,
    retry_after: Option<u64>,
    /// Boxed, as most problems have none and a result carries its problem's size everywhere.
    more: Option<Box<(&'static str, Value)>>,
}

/// What is wrong with one field.
#[derive(Debug, Serialize)]
pub(crate) struct FieldError {
    /// The field of `content`, or the member of the envelope.
    pub(crate) field: &'static str,
    /// The reason for a program.
    pub(crate) code: &'static str,
    /// The reason for a person.
    pub(crate) detail: &'static str,
}

impl Problem {
    fn new(status: StatusCode, code: &'static str, title: &'static str, detail: impl Into<String>) -> Self {
        Self { status, code, title, detail: detail.into(), retry_after: None, more: None }
    }

    /// 400: the request cannot be read.
    pub(crate) fn malformed(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "malformed", "The request cannot be read", detail)
    }

    /// 400: `Content-Digest` is missing or does not fit the body.
    pub(crate) fn body_digest(detail: impl Into<String>) -> Self {
        Self::digest(StatusCode::BAD_REQUEST, detail)
    }

    /// 422: the bytes of an attachment have another name than the one they came under.
    pub(crate) fn attachment_digest() -> Self {
        Self::digest(StatusCode::UNPROCESSABLE_ENTITY, "文件内容的 SHA-256 与地址不符。")
    }

    fn digest(status: StatusCode, detail: impl Into<String>) -> Self {
        Self::new(status, "digest-mismatch", "The digest does not fit the bytes", detail)
    }

    /// 400: a version of the envelope that is not spoken here.
    pub(crate) fn unknown_wire(version: &str) -> Self {
        let detail = format!("不支持的报文版本：{version}。");
        Self::new(StatusCode::BAD_REQUEST, "unknown-wire-version", "Unknown wire version", detail)
    }

    /// 401: no token, or the wrong one.
    pub(crate) fn unauthorized() -> Self {
        let detail = "缺少访问令牌，或令牌无效。";
        Self::new(StatusCode::UNAUTHORIZED, "unauthorized", "The token is missing or wrong", detail)
    }

    /// 404: no such submission.
    pub(crate) fn unknown_submission() -> Self {
        let detail = "平台没有收到过这个申报件。";
        Self::new(StatusCode::NOT_FOUND, "unknown-submission", "Unknown submission", detail)
    }

    /// 404: no such enterprise.
    pub(crate) fn unknown_enterprise() -> Self {
        let detail = "平台没有这个统一社会信用代码的主体。";
        Self::new(StatusCode::NOT_FOUND, "unknown-enterprise", "Unknown enterprise", detail)
    }

    /// 409: the id stands for other content already.
    pub(crate) fn id_reused() -> Self {
        let detail = "该编号已用于另一份内容。";
        Self::new(StatusCode::CONFLICT, "id-reused", "The id was used for other content", detail)
    }

    /// 409: too late to withdraw.
    pub(crate) fn already_decided() -> Self {
        let detail = "申报件已办结，不能撤回。";
        Self::new(StatusCode::CONFLICT, "already-decided", "The submission has been decided", detail)
    }

    /// 413: more bytes than the limit.
    pub(crate) fn too_large(limit: usize) -> Self {
        let detail = format!("内容超过上限 {limit} 字节。");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "The body is too large", detail)
    }

    /// 415: no or another media type.
    pub(crate) fn media_type(detail: impl Into<String>) -> Self {
        let title = "The media type is missing or not supported";
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media-type", title, detail)
    }

    /// 422: the content was read and refused.
    pub(crate) fn content_refused(errors: &[FieldError]) -> Self {
        let detail = format!("内容有 {} 处不符合要求。", errors.len());
        let title = "The content was refused";
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        let more = Some(Box::new(("errors", json!(errors))));
        Self { more, ..Self::new(status, "content-refused", title, detail) }
    }

    /// 424: attachments must come first.
    pub(crate) fn attachments_missing(missing: &[&str]) -> Self {
        let detail = format!("有 {} 个附件尚未上传。", missing.len());
        let title = "Attachments are missing";
        let status = StatusCode::FAILED_DEPENDENCY;
        let more = Some(Box::new(("missing", json!(missing))));
        Self { more, ..Self::new(status, "attachments-missing", title, detail) }
    }

    /// 429: slow down.
    pub(crate) fn too_many(seconds: u64) -> Self {
        let title = "Too many requests";
        let problem = Self::new(StatusCode::TOO_MANY_REQUESTS, "too-many-requests", title, "请求过多，请稍后再试。");
        Self { retry_after: Some(seconds), ..problem }
    }

    /// 500: the platform's own fault.
    pub(crate) fn broken() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal-error", "Internal error", "平台内部错误。")
    }

    /// 503: out of order for now.
    pub(crate) fn down(seconds: u64) -> Self {
        let status = StatusCode::SERVICE_UNAVAILABLE;
        let problem = Self::new(status, "unavailable", "The platform is unavailable", "平台维护中，请稍后再试。");
        Self { retry_after: Some(seconds), ..problem }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut document = json!({
            "type": format!("{TYPES}{}", self.code),
            "code": self.code,
            "title": self.title,
            "status": self.status.as_u16(),
            "detail": self.detail,
        });
        if let Some(more) = self.more {
            let (member, value) = *more;
            document[member] = value;
        }
        let media_type = [(header::CONTENT_TYPE, "application/problem+json")];
        let mut response = (self.status, media_type, document.to_string()).into_response();
        let headers = response.headers_mut();
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
