//! Hiding what belongs to a person, before strangers see a text.
//!
//! Personal data has no place in what is published; where somebody typed it into a public answer all the same, the middle
//! of it is hidden (`310120********001X`, `138****0001`).

/// The weights of an identity number's first 17 digits (GB 11643).
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/// How people group the eleven digits of a mobile number.
const MOBILE_GROUPS: [&[usize]; 6] = [&[11], &[3, 4, 4], &[3, 8], &[7, 4], &[4, 4, 3], &[3, 3, 5]];

/// The text with every identity number (GB 11643) and every mobile number hidden in its middle, also where they are written
/// in groups (`138 0000 0001`) or behind a country code.
///
/// ```
/// assert_eq!(credit::masking::masked("联系人 13800000001"), "联系人 138****0001");
/// ```
pub fn masked(text: &str) -> String {
    let mut shown: Vec<char> = text.chars().collect();
    let groups = groups(&shown);
    let mut at = 0;
    while at < groups.len() {
        match number_at(&shown, &groups[at..]) {
            Some((taken, number, first, last)) => {
                for place in &number[first..number.len() - last] {
                    shown[*place] = '*';
                }
                at += taken;
            }
            None => at += 1,
        }
    }
    shown.into_iter().collect()
}

/// A run of digits (with the X that an identity number may end in), by places in the text, and whether only a separator
/// stands between it and the run before.
struct Group {
    places: Vec<usize>,
    joined: bool,
}

fn groups(text: &[char]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let run = text[at..].iter().take_while(|c| c.is_ascii_digit()).count();
        if run == 0 {
            at += 1;
            continue;
        }
        let ends_in_x =
            matches!(text.get(at + run), Some('X' | 'x')) && !text.get(at + run + 1).is_some_and(char::is_ascii_alphanumeric);
        let after = groups.last().and_then(|group| group.places.last()).is_some_and(|last| {
            let between = &text[last + 1..at];
            between.len() == 1 && matches!(between[0], ' ' | '-' | '.' | '·' | '\u{a0}' | '‐' | '–' | '—' | '－' | '　')
        });
        let end = at + run + usize::from(ends_in_x);
        groups.push(Group { places: (at..end).collect(), joined: after });
        at = end;
    }
    groups
}

/// The number that begins at these groups: how many groups it takes, its places, and how many stay visible at either end.
fn number_at(text: &[char], groups: &[Group]) -> Option<(usize, Vec<usize>, usize, usize)> {
    const MOST_GROUPS: usize = 5;
    let mut places: Vec<usize> = Vec::new();
    let mut lengths: Vec<usize> = Vec::new();
    for (at, group) in groups.iter().take(MOST_GROUPS).enumerate() {
        if at > 0 && !group.joined {
            break;
        }
        places.extend(&group.places);
        lengths.push(group.places.len());
        let digits: String = places.iter().map(|place| text[*place]).collect();
        if digits.len() == 18 && is_identity_number(&digits) {
            return Some((at + 1, places, 6, 4));
        }
        let code = ["0086", "86"].into_iter().find(|code| digits.starts_with(code) && digits.len() == code.len() + 11);
        let own = code.map_or(0, str::len);
        let grouped = match lengths.first() {
            Some(first) if *first == own => &lengths[1..],
            _ if own > 0 && lengths.len() == 1 => &[11][..],
            _ => &lengths[..],
        };
        if is_mobile_number(&digits[own..]) && MOBILE_GROUPS.contains(&grouped) {
            return Some((at + 1, places.split_off(own), 3, 4));
        }
    }
    None
}

/// 11 digits that begin with 13 to 19.
fn is_mobile_number(digits: &str) -> bool {
    digits.len() == 11
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && digits.starts_with('1')
        && digits.as_bytes()[1] >= b'3'
}

/// 17 digits and a check character, whose date of birth exists and whose check character is right.
fn is_identity_number(number: &str) -> bool {
    let (digits, check) = number.split_at(17);
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) || crate::date::parse_date(&number[6..14]).is_err() {
        return false;
    }
    let sum: u32 = digits.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    "10X98765432".as_bytes()[(sum % 11) as usize] == check.as_bytes()[0].to_ascii_uppercase()
}
