//! The root page: what this is and where to go.

use std::fmt::Write;

use axum::{extract::State, http::StatusCode, response::Response};

use crate::{
    html::{self, escape},
    idp::people,
    world::Shared,
};

/// `/`.
pub(crate) async fn show(State(world): State<Shared>) -> Response {
    let mut body = String::from(
        "<h1>演示环境</h1>\n\
         <p>这里是门户以外的世界：一个身份认证服务，和区公共信用信息服务平台的替身。</p>\n<ul>\n\
         <li><a href=\"/platform/\">平台办理页面</a>：查看申报件，受理、退回、通过、公示。</li>\n\
         <li><a href=\"/idp/.well-known/openid-configuration\">身份认证服务的配置</a></li>\n",
    );
    if let Some(portal) = world.portal() {
        let _ = writeln!(body, "<li><a href=\"{}\">门户</a></li>", escape(portal.as_str()));
    }
    body.push_str("</ul>\n<h2>可以登录的人员</h2>\n<dl>\n");
    for person in people::ALL {
        let _ = writeln!(body, "<dt>{}</dt><dd>{}</dd>", escape(person.name), escape(person.who));
    }
    body.push_str("</dl>");
    html::page(StatusCode::OK, "/platform/style.css", "演示环境", &body)
}
