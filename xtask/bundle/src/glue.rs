//! Scripts without what only people read, where that is certainly safe.

/// Takes comment lines, empty lines and indentation out.
///
/// It knows no JavaScript beyond that, so it leaves a script alone as soon as a line could stand inside a
/// template literal that spans lines, where blanks mean something.
pub fn lean(script: &str) -> String {
    if script.lines().any(|line| line.matches('`').count() % 2 == 1) {
        return script.to_owned();
    }
    let mut out = String::with_capacity(script.len());
    let mut in_comment = false;
    for line in script.lines().map(str::trim) {
        if in_comment {
            in_comment = !line.ends_with("*/");
        } else if let Some(comment) = line.strip_prefix("/*") {
            // A comment with code after it on its last line is kept whole by keeping the line.
            match comment.find("*/") {
                None => in_comment = true,
                Some(end) if comment[end..].len() == 2 => {}
                Some(_) => push(&mut out, line),
            }
        } else if !line.is_empty() && !line.starts_with("//") {
            push(&mut out, line);
        }
    }
    out
}

fn push(out: &mut String, line: &str) {
    out.push_str(line);
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_go_and_code_stays() {
        let script =
            "/**\n * what it does\n */\nfunction f() {\n    // why\n    return 'http://a/*b*/';\n}\n\n/* x */ g();\n/* y */\n";
        assert_eq!(lean(script), "function f() {\nreturn 'http://a/*b*/';\n}\n/* x */ g();\n");
    }

    #[test]
    fn a_template_over_several_lines_leaves_the_script_alone() {
        let script = "const a = `one\n    // two`;\n";
        assert_eq!(lean(script), script);
    }
}
