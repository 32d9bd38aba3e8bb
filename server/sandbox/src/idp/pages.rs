//! What a person sees of the identity provider.

use std::fmt::Write;

use axum::{http::StatusCode, response::Response};

use crate::{
    html::{self, escape},
    idp::people::{self, Person},
    world::World,
};

const STYLE: &str = "/idp/style.css";

/// One button per person. `again` is who was signed in already and must confirm it.
pub(crate) fn choice(world: &World, request: &str, again: Option<&Person>) -> Response {
    let (title, lead) = match again {
        Some(person) => ("再次核验身份", format!("当前登录：{}。本次操作需要重新核验身份，请再选一次。", escape(person.name))),
        None => ("选择登录身份", "这里代替“法人一证通”和“电子营业执照”。请选择以谁的身份登录。".to_owned()),
    };
    let client = escape(&world.config.client_id);
    let request = escape(request);
    let mut body = format!(
        "<h1>{title}</h1>\n<p>{lead}</p>\n<p class=\"client\">请求登录的应用：{client}</p>\n\
         <form method=\"post\" action=\"/idp/sign-in\">\n\
         <input type=\"hidden\" name=\"request\" value=\"{request}\">\n<ul class=\"people\">\n"
    );
    for person in people::ALL {
        let (key, name, who) = (escape(person.key), escape(person.name), escape(person.who));
        let _ = writeln!(
            body,
            "<li><button name=\"person\" value=\"{key}\" aria-describedby=\"who-{key}\">{name}</button>\
             <p id=\"who-{key}\">{who}</p></li>"
        );
    }
    body.push_str("</ul>\n<p><button class=\"cancel\" name=\"cancel\" value=\"1\">取消登录</button></p>\n</form>");
    html::page(StatusCode::OK, STYLE, title, &body)
}

/// Something is wrong and nobody can be sent anywhere.
pub(crate) fn trouble(why: &str) -> Response {
    let body = format!("<h1>无法登录</h1>\n<p role=\"alert\">{}</p>", escape(why));
    html::page(StatusCode::BAD_REQUEST, STYLE, "无法登录", &body)
}

/// The session is over.
pub(crate) fn signed_out() -> Response {
    let body = "<h1>已退出登录</h1>\n<p>您可以关闭本页。</p>";
    html::page(StatusCode::OK, STYLE, "已退出登录", body)
}

/// The provider is told to be out of order.
pub(crate) fn down() -> Response {
    let body = "<h1>身份认证服务暂停</h1>\n<p role=\"alert\">请稍后再试。</p>";
    html::page(StatusCode::SERVICE_UNAVAILABLE, STYLE, "身份认证服务暂停", body)
}
