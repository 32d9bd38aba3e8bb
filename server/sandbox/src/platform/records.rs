//! The dishonesty records (失信信息) of an enterprise, as they stand after what has been decided here.

use axum::{
    Json,
    extract::{Path, State as Extract},
};
use serde_json::{Value, json};

use crate::{
    clock, enterprises,
    platform::{
        problem::Problem,
        records_on_file::{self, Record},
        state::State,
        submission::Stage,
    },
    world::Shared,
};

/// `GET /platform/v1/enterprises/{code}/records`.
pub(crate) async fn of_enterprise(Extract(world): Extract<Shared>, Path(code): Path<String>) -> Result<Json<Value>, Problem> {
    let enterprise = enterprises::find(&code).ok_or_else(Problem::unknown_enterprise)?;
    let records = world.desk.read(|state| {
        let mut records = records_on_file::of(enterprise.credit_code, state.began_on());
        records.extend(records_on_file::more_records(world.more_records.of(enterprise.credit_code), state.began_on()));
        for record in &mut records {
            follow(record, enterprise.credit_code, state);
        }
        records
    });
    let records: Vec<Value> =
        records.iter().map(|record| world.changed_records.applied(&record.record_id, json!(record))).collect();
    Ok(Json(json!({ "as_of": clock::instant(), "records": records })))
}

/// A repair that was granted stops a record's publication; an objection that is open marks the record.
fn follow(record: &mut Record, credit_code: &str, state: &State) {
    let about = state
        .submissions
        .values()
        .filter(|submission| submission.envelope.enterprise.credit_code == credit_code && submission.mentions(&record.record_id));
    for submission in about {
        let kind = &submission.envelope.kind;
        if kind.starts_with("repair") && submission.stage == Stage::Granted {
            let day = submission.state_changed_at.get(..10).map(str::to_owned);
            record.stopped_on = record.stopped_on.take().or(day);
        }
        if kind.starts_with("objection") && submission.stage.is_open() {
            record.disputed = true;
        }
    }
}
