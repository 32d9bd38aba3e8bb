//! The enterprise for which something is filed.

use serde::{Deserialize, Serialize};

use crate::credit_code::CreditCode;

/// An enterprise, as the sign-in said it: never typed by anyone here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enterprise {
    /// 统一社会信用代码.
    pub code: CreditCode,
    /// The registered name.
    pub name: String,
}
