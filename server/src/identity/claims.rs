//! From the provider's claims to a person and the enterprises they act for.

use credit::credit_code::CreditCode;
use credit::enterprise::Enterprise;
use credit::person::{Capacity, Mandate, Role};
use serde_json::{Map, Value};

use crate::config::ClaimNames;
use crate::storage::Person;

/// Reads the claims.
///
/// # Errors
/// A sentence that names the claim that is missing or wrong. An enterprise whose code is wrong is an error, not left out:
/// somebody would look for it in vain.
pub fn person(subject: &str, claims: &Map<String, Value>, names: &ClaimNames) -> Result<Person, String> {
    let name = text(claims, &names.name).ok_or_else(|| format!("the claim {} is missing", names.name))?;
    let entries = match claims.get(&names.enterprises) {
        None | Some(Value::Null) => &[][..],
        Some(Value::Array(entries)) => entries.as_slice(),
        Some(_) => return Err(format!("the claim {} is not a list", names.enterprises)),
    };
    let capacities = entries.iter().map(|entry| capacity(entry, names)).collect::<Result<Vec<_>, _>>()?;
    Ok(Person { subject: subject.to_owned(), name, capacities })
}

fn capacity(entry: &Value, names: &ClaimNames) -> Result<Capacity, String> {
    let entry = entry.as_object().ok_or_else(|| format!("an entry of {} is not an object", names.enterprises))?;
    let wanted = |name: &str| text(entry, name).ok_or_else(|| format!("an entry of {} lacks {name}", names.enterprises));
    let code = CreditCode::parse(&wanted(&names.credit_code)?)
        .map_err(|wrong| format!("{} is no credit code: {wrong:?}", names.credit_code))?;
    let name = wanted(&names.enterprise_name)?;
    let role = match wanted(&names.role)? {
        role if role == names.legal_representative => Role::LegalRepresentative,
        role if role == names.administrator => Role::Administrator,
        // Whatever else a provider calls people, they may only draft unless a mandate says more.
        _ => Role::Agent,
    };
    let mandate: Option<Mandate> = match entry.get(&names.mandate) {
        None | Some(Value::Null) => None,
        Some(mandate) => {
            Some(serde_json::from_value(mandate.clone()).map_err(|error| format!("{} is not readable: {error}", names.mandate))?)
        }
    };
    Ok(Capacity { enterprise: Enterprise { code, name }, role, mandate })
}

fn text(claims: &Map<String, Value>, name: &str) -> Option<String> {
    let text = claims.get(name)?.as_str()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(claims: Value) -> Result<Person, String> {
        let Value::Object(claims) = claims else { panic!("claims are an object") };
        person("s-1", &claims, &ClaimNames::default())
    }

    #[test]
    fn a_person_has_the_enterprises_and_mandates_that_the_provider_names() {
        let person = read(serde_json::json!({
            "name": "样例经办",
            "enterprises": [{
                "credit_code": "91310120FXXY000194", "name": "示例公司", "role": "agent",
                "mandate": { "matters": ["registration"], "until": "2027-12-31" },
            }],
        }))
        .expect("the claims are sound");
        assert_eq!(person.capacities.len(), 1);
        assert_eq!(person.capacities[0].role, Role::Agent);
        assert!(person.capacities[0].mandate.is_some());
    }

    #[test]
    fn an_unknown_role_is_no_more_than_an_agent_without_mandate() {
        let person = read(serde_json::json!({
            "name": "某人", "enterprises": [{ "credit_code": "91310120FXXY000194", "name": "示例公司", "role": "root" }],
        }))
        .expect("the claims are sound");
        assert_eq!((person.capacities[0].role, person.capacities[0].mandate.is_none()), (Role::Agent, true));
    }

    #[test]
    fn a_wrong_credit_code_or_a_missing_name_is_said() {
        let wrong = read(
            serde_json::json!({ "name": "某人", "enterprises": [{ "credit_code": "91310120FXXY000190", "name": "x", "role": "agent" }] }),
        );
        assert!(wrong.expect_err("bad check character").contains("credit_code"));
        assert!(read(serde_json::json!({})).expect_err("no name").contains("name"));
    }
}
