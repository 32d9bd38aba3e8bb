//! Whether an enterprise keeps its commitments, and whether it is barred from applying for repairs.

use axum::{
    Json,
    extract::{Path, State as Extract},
};
use chrono::Days;
use serde_json::{Value, json};

use crate::{
    clock,
    enterprises::{self, ASSOCIATION, COSMETICS},
    platform::problem::Problem,
    world::Shared,
};

/// `GET /platform/v1/enterprises/{code}/standing`.
pub(crate) async fn of_enterprise(Extract(world): Extract<Shared>, Path(code): Path<String>) -> Result<Json<Value>, Problem> {
    let enterprise = enterprises::find(&code).ok_or_else(Problem::unknown_enterprise)?;
    let breaches = if enterprise.credit_code == COSMETICS {
        let since = world.desk.read(|state| state.began_on()) - Days::new(210);
        vec![json!({
            "what": "以告知承诺方式办理化妆品生产场地变更登记，经核查实际条件与承诺不符，未在期限内整改。",
            "since": since.to_string(),
            "until": null,
            "basis": "《国务院办公厅关于全面推行证明事项和涉企经营许可事项告知承诺制的指导意见》（国办发〔2020〕42号）",
        })]
    } else {
        Vec::new()
    };
    let bars = if enterprise.credit_code == ASSOCIATION {
        let since = world.desk.read(|state| state.began_on()) - Days::new(100);
        vec![json!({
            "what": "申请信用修复时提供虚假的整改证明材料。",
            "since": since.to_string(),
            "until": (since + Days::new(365)).to_string(),
            "basis": "《信用修复管理办法》（国家发展和改革委员会令第36号）",
        })]
    } else {
        Vec::new()
    };
    Ok(Json(json!({
        "credit_code": enterprise.credit_code,
        "name": enterprise.name,
        "as_of": clock::instant(),
        "in_good_standing": breaches.is_empty(),
        "breaches": breaches,
        "bars": bars,
    })))
}
