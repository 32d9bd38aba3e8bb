//! Reading amounts the way people write them: `1,234.5`, `１２３４．５`, `12 万元`. No floating point anywhere.

use crate::normal_text::normal_code;

/// In what an amount of money is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyUnit {
    /// 元, to the fen: two places.
    Yuan,
    /// 万元, as the platform keeps it: six places (双公示, decimal(18,6)).
    TenThousandYuan,
}

impl MoneyUnit {
    /// Places after the point.
    pub fn places(self) -> usize {
        match self {
            Self::Yuan => 2,
            Self::TenThousandYuan => 6,
        }
    }

    /// Its power of ten, in yuan.
    fn power(self) -> i32 {
        match self {
            Self::Yuan => 0,
            Self::TenThousandYuan => 4,
        }
    }
}

/// The most digits before the point: `decimal(18,6)` leaves twelve.
const MOST_DIGITS: usize = 12;

/// Why a text is not an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidAmount {
    /// Not a number.
    Unreadable,
    /// Written in Chinese numerals (`一万`): which unit is meant cannot be told.
    ChineseNumerals,
    /// A spreadsheet's `1.2E+05`: digits have been lost.
    Exponent,
    /// Below zero.
    Negative,
    /// Commas that do not part thousands (`1,23`).
    Grouping,
    /// More places after the point than the unit has.
    TooFine {
        /// How many it has.
        places: usize,
    },
    /// More than twelve digits before the point.
    TooLarge,
}

/// Whether a spreadsheet has turned a long number into `9.13101E+17`, losing its digits.
pub fn is_exponent(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    // A code such as `1E2` has no point and no sign; a spreadsheet always writes one of them.
    digits(whole) && whole.len() == 1 && digits(fraction) && digits(exponent) && text.contains(['.', '+'])
}

/// Reads an amount of money, in normal form: no leading or closing zeros, a point only before a fraction.
/// A unit that is written after it (`元`, `万元`, `亿元`) is honoured.
///
/// # Errors
/// [`InvalidAmount`] with the reason.
///
/// ```
/// use credit::amount::{InvalidAmount, MoneyUnit::TenThousandYuan, parse_money};
/// assert_eq!(parse_money("１，２３４．５０", TenThousandYuan).as_deref(), Ok("1234.5"));
/// assert_eq!(parse_money("5000元", TenThousandYuan).as_deref(), Ok("0.5"));
/// assert_eq!(parse_money("一万", TenThousandYuan), Err(InvalidAmount::ChineseNumerals));
/// ```
pub fn parse_money(typed: &str, unit: MoneyUnit) -> Result<String, InvalidAmount> {
    let text = without_blanks(typed);
    let text = text.trim_start_matches(['¥', '￥']);
    let text = text.strip_suffix("人民币").unwrap_or(text);
    let (number, power) = match text {
        _ if text.ends_with("亿元") => (text.strip_suffix("亿元"), 8),
        _ if text.ends_with("万元") => (text.strip_suffix("万元"), 4),
        _ if text.ends_with('元') => (text.strip_suffix('元'), 0),
        _ => (Some(text), unit.power()),
    };
    read_decimal(number.unwrap_or(text), power - unit.power(), unit.places())
}

/// Reads a whole number that counts something.
///
/// # Errors
/// [`InvalidAmount`] with the reason.
pub fn parse_whole(typed: &str) -> Result<String, InvalidAmount> {
    read_decimal(&without_blanks(typed), 0, 0)
}

/// Between which powers of ten a number lies, as `(low, high)`: low ≤ number < high. Zero lies between 0 and 1.
///
/// ```
/// assert_eq!(credit::amount::decade("1234.5"), ("1000".to_owned(), "10000".to_owned()));
/// ```
pub fn decade(normal: &str) -> (String, String) {
    let whole = normal.split('.').next().unwrap_or_default();
    if whole.is_empty() || whole == "0" {
        return ("0".to_owned(), "1".to_owned());
    }
    let one_and_zeros = |zeros: usize| format!("1{}", "0".repeat(zeros));
    (one_and_zeros(whole.len() - 1), one_and_zeros(whole.len()))
}

fn without_blanks(typed: &str) -> String {
    normal_code(typed).chars().filter(|c| *c != ' ').collect()
}

/// Reads a decimal number times 10^`shift`, with at most so many places.
fn read_decimal(text: &str, shift: i32, places: usize) -> Result<String, InvalidAmount> {
    const NUMERALS: &str = "零〇一二三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟两";
    if text.chars().any(|c| NUMERALS.contains(c)) {
        return Err(InvalidAmount::ChineseNumerals);
    }
    if is_exponent(text) {
        return Err(InvalidAmount::Exponent);
    }
    if let Some(positive) = text.strip_prefix(['-', '−', '—']) {
        return read_decimal(positive, shift, places).and(Err(InvalidAmount::Negative));
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let whole = if whole.contains(',') { ungrouped(whole)? } else { whole.to_owned() };
    if (whole.is_empty() && fraction.is_empty()) || !digits(&whole) || !digits(fraction) {
        return Err(InvalidAmount::Unreadable);
    }
    let all = format!("{whole}{fraction}");
    let point = whole.len() as i32 + shift;
    normal(&all, point, places)
}

/// The digits with the point after so many of them (which may lie outside), in normal form.
fn normal(digits: &str, point: i32, places: usize) -> Result<String, InvalidAmount> {
    let leading = "0".repeat(usize::try_from(-point).unwrap_or(0));
    let at = usize::try_from(point).unwrap_or(0);
    let mut digits = format!("{leading}{digits}");
    while digits.len() < at {
        digits.push('0');
    }
    let (whole, fraction) = digits.split_at(at);
    let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
    if whole.len() > MOST_DIGITS {
        return Err(InvalidAmount::TooLarge);
    }
    if fraction.len() > places {
        return Err(InvalidAmount::TooFine { places });
    }
    let whole = if whole.is_empty() { "0" } else { whole };
    Ok(if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") })
}

/// Takes the commas out, if they part thousands.
fn ungrouped(whole: &str) -> Result<String, InvalidAmount> {
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    if first.is_empty() || first.len() > 3 || groups.any(|group| group.len() != 3) {
        return Err(InvalidAmount::Grouping);
    }
    Ok(whole.replace(',', ""))
}
