//! One submission: what was filed, what was told, and what can be decided.

use std::fmt::Write;

use axum::{
    extract::{Path, State as Extract},
    http::StatusCode,
    response::Response,
};
use uuid::Uuid;

use crate::{
    clock,
    html::{self, escape},
    platform::{
        event::{Delivery, Event},
        operator::{STYLE, decision_forms},
        submission::{Publication, Submission},
    },
    world::{Shared, World},
};

/// `GET /platform/submissions/{id}`.
pub(crate) async fn show(Extract(world): Extract<Shared>, Path(id): Path<String>) -> Response {
    match id.parse() {
        Ok(id) => page(&world, id, StatusCode::OK, None),
        Err(_) => missing(),
    }
}

/// The page, with what was wrong with the last deed.
pub(crate) fn page(world: &World, id: Uuid, status: StatusCode, trouble: Option<&str>) -> Response {
    let Some(submission) = world.desk.read(|state| state.submissions.get(&id).cloned()) else {
        return missing();
    };
    let title = format!("申报件 {}", submission.receipt_number);
    let mut body = String::from("<p><a href=\"/platform/\">返回列表</a></p>\n");
    let _ = writeln!(body, "<h1>{}</h1>", escape(&title));
    if let Some(trouble) = trouble {
        let _ = writeln!(body, "<p class=\"trouble\" role=\"alert\">{}</p>", escape(trouble));
    }
    body.push_str(&summary(&submission));
    let before = submission.envelope.revises;
    let before = before.and_then(|id| world.desk.read(|state| state.submissions.get(&id).cloned()));
    body.push_str(&content(&submission));
    if let Some(before) = before {
        body.push_str(&changes(&before, &submission));
    }
    body.push_str(&decision_forms::all(&submission));
    body.push_str(&history(&submission));
    html::page(status, STYLE, &title, &body)
}

fn missing() -> Response {
    let body = "<h1>没有这个申报件</h1>\n<p><a href=\"/platform/\">返回列表</a></p>";
    html::page(StatusCode::NOT_FOUND, STYLE, "没有这个申报件", body)
}

fn summary(submission: &Submission) -> String {
    let envelope = &submission.envelope;
    let publication = match &submission.publication {
        None => "未公示".to_owned(),
        Some(Publication::Published { until: None }) => "公示中".to_owned(),
        Some(Publication::Published { until: Some(until) }) => format!("公示中，至 {until}"),
        Some(Publication::Stopped { reason }) => format!("已终止公示：{reason}"),
    };
    let revises = envelope.revises.map_or("—".to_owned(), |id| id.to_string());
    let withdrawal = submission.withdrawal.as_ref().map_or("—".to_owned(), |one| one.reason.clone());
    let given: Vec<&str> = envelope.consents.iter().filter(|one| one.given).map(|one| one.purpose.label()).collect();
    let consents = if given.is_empty() { "—".to_owned() } else { given.join("、") };
    let form = format!("{}（版本 {}）", envelope.form.name, envelope.form.version);
    let filed_by = format!("{}（{}）", envelope.filed_by.name, envelope.filed_by.role);
    let rows = [
        ("状态", submission.stage.label()),
        ("公示", &publication),
        ("事项", &envelope.kind),
        ("单位", &envelope.enterprise.name),
        ("统一社会信用代码", &envelope.enterprise.credit_code),
        ("填报人", &filed_by),
        ("门户受理号", &envelope.reference),
        ("填报时间", &clock::for_people(&envelope.filed_at)),
        ("收件时间", &clock::for_people(&submission.received_at)),
        ("表单", &form),
        ("补正自", &revises),
        ("撤回原因", &withdrawal),
        ("授权", &consents),
    ];
    list(rows.map(|(name, value)| (name.to_owned(), value.to_owned())))
}

fn content(submission: &Submission) -> String {
    let envelope = &submission.envelope;
    let mut html = String::from("<h2>申报内容</h2>\n");
    html.push_str(&list(envelope.content.clone()));
    html.push_str("<h2>附件</h2>\n");
    if envelope.attachments.is_empty() {
        html.push_str("<p>没有附件。</p>\n");
    } else {
        html.push_str("<ul>\n");
        for attachment in &envelope.attachments {
            let _ = writeln!(
                html,
                "<li><a href=\"/platform/submissions/{}/attachments/{}\">{}</a>（{}，{} 字节）</li>",
                envelope.id,
                escape(&attachment.sha256),
                escape(&attachment.name),
                escape(&attachment.media_type),
                attachment.bytes,
            );
        }
        html.push_str("</ul>\n");
    }
    if let Some(pledge) = &envelope.pledge {
        let version = escape(&pledge.version);
        let _ = writeln!(html, "<h2>承诺书（{version}）</h2>\n<p class=\"words\">{}</p>", escape(&pledge.text));
    }
    html
}

/// What a corrected submission says otherwise than the one before it.
fn changes(before: &Submission, now: &Submission) -> String {
    let (old, new) = (&before.envelope.content, &now.envelope.content);
    let mut names: Vec<&String> = old.keys().chain(new.keys()).collect();
    names.sort();
    names.dedup();
    let said =
        |content: &std::collections::BTreeMap<String, String>, name: &String| content.get(name).cloned().unwrap_or("—".into());
    let changed: Vec<(String, String)> = names
        .into_iter()
        .filter(|name| old.get(*name) != new.get(*name))
        .map(|name| (name.clone(), format!("{} → {}", said(old, name), said(new, name))))
        .collect();
    let mut html = format!("<h2>与<a href=\"/platform/submissions/{}\">补正前</a>相比</h2>\n", before.envelope.id);
    if changed.is_empty() {
        html.push_str("<p>各项内容没有变化。</p>\n")
    } else {
        html.push_str(&list(changed))
    }
    html
}

fn history(submission: &Submission) -> String {
    let mut html = String::from("<h2>办理经过与通知</h2>\n");
    if submission.events.is_empty() {
        html.push_str("<p>尚未办理。</p>\n");
    } else {
        html.push_str("<ol class=\"history\">\n");
        html.extend(submission.events.iter().map(told));
        html.push_str("</ol>\n");
    }
    html
}

fn told(event: &Event) -> String {
    let delivery = match event.delivery {
        Delivery::Pending => "待送达",
        Delivery::Delivered => "已送达",
        Delivery::GivenUp => "未送达，已停止尝试",
    };
    let mut html = format!(
        "<li><p><strong>{}</strong>　{}　{delivery}</p>\n<p class=\"words\">{}</p>\n",
        escape(&event.kind),
        escape(&clock::for_people(&event.occurred_at)),
        escape(&event.data.to_string()),
    );
    if !event.attempts.is_empty() {
        html.push_str("<ul>\n");
        for attempt in &event.attempts {
            let status = attempt.status.map_or("无答复".to_owned(), |status| status.to_string());
            let at = escape(&clock::for_people(&attempt.at));
            let _ = writeln!(html, "<li>{at}　{status}　{}</li>", escape(&attempt.answer));
        }
        html.push_str("</ul>\n");
    }
    html.push_str("</li>\n");
    html
}

fn list(rows: impl IntoIterator<Item = (String, String)>) -> String {
    let mut html = String::from("<dl>\n");
    for (name, value) in rows {
        let _ = writeln!(html, "<dt>{}</dt><dd class=\"words\">{}</dd>", escape(&name), escape(&value));
    }
    html.push_str("</dl>\n");
    html
}
