//! What the platform decides; each decision is told to the portal as an event.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::credit_code;

/// A decision with what the portal is told of it.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(tag = "type", content = "data")]
pub(crate) enum Decision {
    /// 受理
    #[serde(rename = "submission.under_review")]
    UnderReview {
        #[serde(default = "anybody")]
        handler: String,
    },
    /// 退回补正
    #[serde(rename = "submission.returned")]
    Returned {
        comments: Vec<Comment>,
        #[serde(default)]
        note: String,
    },
    /// 通过
    #[serde(rename = "submission.granted")]
    Granted {
        #[serde(default)]
        verification: Verification,
        #[serde(default)]
        note: Option<String>,
    },
    /// 不通过
    #[serde(rename = "submission.refused")]
    Refused {
        reasons: Vec<String>,
        #[serde(default)]
        comments: Vec<Comment>,
    },
    /// 失实
    #[serde(rename = "submission.found_untrue")]
    FoundUntrue { reason: String },
    /// 撤回
    #[serde(rename = "submission.withdrawn")]
    Withdrawn {},
    /// 承诺履行状态认定
    #[serde(rename = "commitment.performance")]
    Performance {
        performance: Performance,
        found_by: String,
        found_by_code: String,
        found_on: String,
        #[serde(default)]
        unfulfilled: Option<String>,
        #[serde(default)]
        pursued: Option<String>,
    },
    /// 公示
    #[serde(rename = "publication.published")]
    Published {
        #[serde(default)]
        until: Option<String>,
    },
    /// 终止公示
    #[serde(rename = "publication.stopped")]
    Stopped { reason: String },
}

/// How far a commitment was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Performance {
    /// 全部履行
    Fulfilled,
    /// 部分履行
    Partly,
    /// 全部未履行
    Not,
}

/// What must be mended, and where.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Comment {
    pub(crate) field: String,
    pub(crate) comment: String,
}

/// How much of the content the platform could verify.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Verification {
    /// All of it.
    #[default]
    Verified,
    /// Some of it.
    PartlyVerified,
}

impl Decision {
    /// Reads a decision from its type and data, and refuses one that would tell the filer nothing.
    pub(crate) fn read(kind: &str, data: Value) -> Result<Self, String> {
        let data = if data.is_null() { json!({}) } else { data };
        let decision: Self = serde_json::from_value(json!({ "type": kind, "data": data })).map_err(|error| error.to_string())?;
        match &decision {
            Self::Returned { comments, note } if comments.is_empty() && note.trim().is_empty() => {
                Err("退回补正须至少写明一处意见。".to_owned())
            }
            Self::Returned { comments, .. } if comments.iter().any(|one| one.field.is_empty() || one.comment.trim().is_empty()) => {
                Err("每条补正意见须选择栏目并写明内容。".to_owned())
            }
            Self::FoundUntrue { reason } if reason.trim().is_empty() => Err("认定失实须说明原因。".to_owned()),
            Self::Refused { reasons, .. } if reasons.iter().all(|reason| reason.trim().is_empty()) => {
                Err("不予通过须说明理由。".to_owned())
            }
            Self::Performance { found_on, .. } if found_on.parse::<NaiveDate>().is_err() => {
                Err("认定日期须为 YYYY-MM-DD。".to_owned())
            }
            Self::Performance { found_by, found_by_code, .. }
                if found_by.trim().is_empty() || !credit_code::holds(found_by_code) =>
            {
                Err("须写明认定单位及其统一社会信用代码。".to_owned())
            }
            Self::Performance { performance, unfulfilled, .. }
                if *performance != Performance::Fulfilled && unfulfilled.as_deref().is_none_or(|what| what.trim().is_empty()) =>
            {
                Err("没有全部履行的，须写明未履行的承诺内容。".to_owned())
            }
            Self::Stopped { reason } if reason.trim().is_empty() => Err("终止公示须说明原因。".to_owned()),
            Self::Published { until: Some(until) } if until.parse::<NaiveDate>().is_err() => {
                Err("公示截止日期须为 YYYY-MM-DD。".to_owned())
            }
            _ => Ok(decision),
        }
    }

    /// The event's type and data.
    pub(crate) fn told(&self) -> (String, Value) {
        let mut event = json!(self);
        let kind = event["type"].as_str().unwrap_or_default().to_owned();
        (kind, event["data"].take())
    }
}

fn anybody() -> String {
    "审核岗".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_without_data_gets_what_it_needs() {
        let (kind, data) = Decision::read("submission.granted", Value::Null).unwrap().told();
        assert_eq!(kind, "submission.granted");
        assert_eq!(data, json!({ "verification": "verified", "note": null }));
        let (_, data) = Decision::read("submission.withdrawn", Value::Null).unwrap().told();
        assert_eq!(data, json!({}));
    }

    #[test]
    fn a_decision_that_tells_the_filer_nothing_is_refused() {
        for (kind, data) in [
            ("submission.returned", json!({ "comments": [] })),
            ("submission.returned", json!({ "comments": [{ "field": "", "comment": "x" }] })),
            ("submission.refused", json!({ "reasons": ["  "] })),
            ("publication.stopped", json!({ "reason": "" })),
            ("submission.found_untrue", json!({ "reason": " " })),
            ("publication.published", json!({ "until": "soon" })),
            ("submission.lost", json!({})),
            ("commitment.performance", finding("not", None)),
            ("commitment.performance", finding("half", Some("第二项"))),
        ] {
            assert!(Decision::read(kind, data).is_err(), "{kind}");
        }
        for sound in [finding("fulfilled", None), finding("partly", Some("第二项"))] {
            assert!(Decision::read("commitment.performance", sound).is_ok());
        }
    }

    fn finding(performance: &str, unfulfilled: Option<&str>) -> Value {
        let code = "11310120FXXY0006XF";
        json!({
            "performance": performance, "found_by": "示例局", "found_by_code": code, "found_on": "2026-11-30",
            "unfulfilled": unfulfilled,
        })
    }
}
