//! Who may file: everyone but an agent without a mandate that covers the matter today.

use chrono::NaiveDate;
use credit::credit_code::CreditCode;
use credit::enterprise::Enterprise;
use credit::person::{Capacity, Mandate, Matter, NotAuthorised, Role};

fn capacity(role: Role, mandate: Option<(&[Matter], Option<&str>)>) -> Capacity {
    Capacity {
        enterprise: Enterprise {
            code: CreditCode::parse("91310120FXXY000194").expect("a worked example"),
            name: "示例公司".into(),
        },
        role,
        mandate: mandate.map(|(matters, until)| Mandate { matters: matters.to_vec(), until: until.map(str::to_owned) }),
    }
}

#[test]
fn an_agent_files_only_within_a_mandate_that_holds_today() {
    let today = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
    let registration: &[Matter] = &[Matter::Registration];
    let cases = [
        (capacity(Role::LegalRepresentative, None), Ok(())),
        (capacity(Role::Administrator, None), Ok(())),
        (capacity(Role::Agent, None), Err(NotAuthorised::NoMandate)),
        (capacity(Role::Agent, Some((registration, None))), Ok(())),
        (capacity(Role::Agent, Some((registration, Some("2026-11-23")))), Ok(())),
        (capacity(Role::Agent, Some((registration, Some("2026-11-22")))), Err(NotAuthorised::Ended)),
        (capacity(Role::Agent, Some((registration, Some("soon")))), Err(NotAuthorised::Ended)),
        (capacity(Role::Agent, Some((&[Matter::Repair], None))), Err(NotAuthorised::OtherMatters)),
    ];
    for (capacity, answer) in cases {
        assert_eq!(capacity.may_file(Matter::Registration, today), answer, "{capacity:?}");
    }
}
