//! Hiding what belongs to a person, before strangers see a text.
//!
//! Personal data has no place in what is published; where somebody typed it into a public answer all the same, the middle
//! of it is hidden (`310120********001X`, `138****0001`).

/// The weights of an identity number's first 17 digits (GB 11643).
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/// The text with every identity number (GB 11643) and every mobile number hidden in its middle.
///
/// ```
/// assert_eq!(credit::masking::masked("联系人 13800000001"), "联系人 138****0001");
/// ```
pub fn masked(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let run = rest.bytes().take_while(u8::is_ascii_digit).count();
        if run == 0 {
            let next = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
            shown.push_str(&rest[..next]);
            rest = &rest[next..];
            continue;
        }
        let with_x = if run == 17 && rest[run..].starts_with(['X', 'x']) { 18 } else { run };
        shown.push_str(&masked_run(&rest[..with_x]));
        rest = &rest[with_x..];
    }
    shown
}

fn masked_run(run: &str) -> String {
    let hidden = |first: usize, last: usize| {
        format!("{}{}{}", &run[..first], "*".repeat(run.len() - first - last), &run[run.len() - last..])
    };
    match run.len() {
        18 if is_identity_number(run) => hidden(6, 4),
        11 if is_mobile_number(run) => hidden(3, 4),
        _ => run.to_owned(),
    }
}

/// 11 digits that begin with 13 to 19.
fn is_mobile_number(run: &str) -> bool {
    run.starts_with('1') && run.as_bytes()[1] >= b'3'
}

/// 18 characters whose date of birth exists and whose check character is right.
fn is_identity_number(run: &str) -> bool {
    let birth = &run[6..14];
    if crate::date::parse_date(birth).is_err() {
        return false;
    }
    let sum: u32 = run.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    "10X98765432".as_bytes()[(sum % 11) as usize] == run.as_bytes()[17].to_ascii_uppercase()
}
