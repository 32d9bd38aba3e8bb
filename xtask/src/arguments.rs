//! `--name value` pairs.

use crate::trouble::{Outcome, Trouble};

/// Reads `--name value` (or `--name=value`) pairs; anything else is refused by name.
pub fn pairs(arguments: &[String], known: &[&str]) -> Outcome<Vec<(String, String)>> {
    let mut found = Vec::new();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let (name, value) = match argument.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (argument.clone(), None),
        };
        if !known.contains(&name.as_str()) {
            return Err(Trouble::new(format!("{name} is not known here; there is: {}", known.join(" "))));
        }
        let value = value.or_else(|| rest.next().cloned());
        let value = value.ok_or_else(|| Trouble::new(format!("{name} wants a value")))?;
        found.push((name, value));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn both_spellings_are_read() {
        let found = pairs(&words("--port 81 --open=no"), &["--port", "--open"]).unwrap();
        assert_eq!(found, [("--port".into(), "81".into()), ("--open".into(), "no".into())]);
    }

    #[test]
    fn an_unknown_name_or_a_missing_value_is_refused() {
        assert!(pairs(&words("--prt 81"), &["--port"]).is_err());
        assert!(pairs(&words("--port"), &["--port"]).is_err());
    }
}
