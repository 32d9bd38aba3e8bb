//! The list of submissions and the switches.

use std::fmt::Write;

use axum::{extract::State as Extract, http::StatusCode, response::Response};
use serde_json::Value;

use crate::{
    clock,
    html::{self, escape},
    mood::Mood,
    platform::{auto::Auto, operator::STYLE, submission::Submission},
    world::{Shared, World},
};

/// `GET /platform/`.
pub(crate) async fn show(Extract(world): Extract<Shared>) -> Response {
    let rows = world.desk.read(|state| {
        let mut submissions: Vec<_> = state.submissions.values().collect();
        submissions.sort_by_key(|submission| std::cmp::Reverse(submission.change));
        submissions.into_iter().map(row).collect::<String>()
    });
    let list = if rows.is_empty() {
        "<p>尚未收到申报件。</p>".to_owned()
    } else {
        format!(
            "<div class=\"scroll\" role=\"region\" aria-label=\"申报件列表\" tabindex=\"0\"><table>\n\
             <thead><tr><th scope=\"col\">收件编号</th><th scope=\"col\">单位</th>\
             <th scope=\"col\">事项</th><th scope=\"col\">状态</th><th scope=\"col\">最近变化</th></tr></thead>\n\
             <tbody>\n{rows}</tbody></table></div>"
        )
    };
    let body = format!("<h1>区公共信用信息服务平台（替身）</h1>\n<h2>申报件</h2>\n{list}\n{}", switches(&world));
    html::page(StatusCode::OK, STYLE, "平台办理", &body)
}

fn row(submission: &Submission) -> String {
    let envelope = &submission.envelope;
    format!(
        "<tr><th scope=\"row\"><a href=\"/platform/submissions/{}\">{}</a></th><td>{}</td><td>{}</td>\
         <td>{}</td><td>{}</td></tr>\n",
        envelope.id,
        escape(&submission.receipt_number),
        escape(&envelope.enterprise.name),
        escape(&envelope.kind),
        submission.stage.label(),
        escape(&clock::for_people(&submission.state_changed_at)),
    )
}

fn switches(world: &World) -> String {
    let setting = world.mood.get();
    let moods: String =
        Mood::ALL.iter().map(|(mood, label)| option(serde_json::to_value(mood).ok(), label, *mood == setting.mood)).collect();
    let auto = world.desk.auto();
    let autos: String =
        Auto::ALL.iter().map(|(mode, label)| option(serde_json::to_value(mode).ok(), label, *mode == auto)).collect();
    let number = |value: Option<u64>| value.map(|value| value.to_string()).unwrap_or_default();
    let mut html = String::from("<h2>环境开关</h2>\n");
    let _ = write!(
        html,
        "<form method=\"post\" action=\"/platform/auto\">\n<p><label for=\"mode\">收件之后</label>\n\
         <select id=\"mode\" name=\"mode\">{autos}</select></p>\n<p><button>保存</button></p>\n</form>\n\
         <form method=\"post\" action=\"/platform/mood\">\n<p><label for=\"mood\">模拟状况</label>\n\
         <select id=\"mood\" name=\"mood\">{moods}</select></p>\n\
         <p><label for=\"times\">持续次数（空白为一直）</label>\n\
         <input id=\"times\" name=\"times\" inputmode=\"numeric\" value=\"{}\"></p>\n\
         <p><label for=\"seconds\">秒数（等待或 Retry-After，可空白）</label>\n\
         <input id=\"seconds\" name=\"seconds\" inputmode=\"numeric\" value=\"{}\"></p>\n\
         <p><button>切换</button></p>\n</form>",
        number(setting.times.map(u64::from)),
        number(setting.seconds),
    );
    html
}

fn option(value: Option<Value>, label: &str, selected: bool) -> String {
    let value = value.as_ref().and_then(Value::as_str).unwrap_or_default();
    let selected = if selected { " selected" } else { "" };
    format!("<option value=\"{}\"{selected}>{}</option>", escape(value), escape(label))
}
