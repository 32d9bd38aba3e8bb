//! How fast one person and one address may sign in and post, `[pace]`.
//!
//! The figures are for people with room to spare, and for offices behind one address: a clerk who corrects row after row and
//! a page that saves itself every second stay far below them.

use serde::Deserialize;

use super::public_side::number;

/// How fast. `…_per_minute` is the average, `…_burst` what may come at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PaceSettings {
    /// Sign-ins begun or ended from one address.
    #[serde(deserialize_with = "number")]
    pub sign_ins_per_minute: i64,
    /// As above, at once.
    #[serde(deserialize_with = "number")]
    pub sign_ins_burst: i64,
    /// Sessions opened by one person.
    #[serde(deserialize_with = "number")]
    pub person_sign_ins_per_minute: i64,
    /// As above, at once.
    #[serde(deserialize_with = "number")]
    pub person_sign_ins_burst: i64,
    /// Posts of one person, and what their open pages save by themselves.
    #[serde(deserialize_with = "number")]
    pub posts_per_minute: i64,
    /// As above, at once.
    #[serde(deserialize_with = "number")]
    pub posts_burst: i64,
    /// Posts from one address, whoever is signed in there.
    #[serde(deserialize_with = "number")]
    pub address_posts_per_minute: i64,
    /// As above, at once.
    #[serde(deserialize_with = "number")]
    pub address_posts_burst: i64,
}

impl Default for PaceSettings {
    fn default() -> Self {
        Self {
            sign_ins_per_minute: 120,
            sign_ins_burst: 300,
            person_sign_ins_per_minute: 6,
            person_sign_ins_burst: 60,
            posts_per_minute: 600,
            posts_burst: 600,
            address_posts_per_minute: 6_000,
            address_posts_burst: 6_000,
        }
    }
}

impl PaceSettings {
    /// What is wrong with them, in a sentence.
    pub(super) fn check(&self) -> Result<(), String> {
        let all = [
            ("sign_ins_per_minute", self.sign_ins_per_minute),
            ("sign_ins_burst", self.sign_ins_burst),
            ("person_sign_ins_per_minute", self.person_sign_ins_per_minute),
            ("person_sign_ins_burst", self.person_sign_ins_burst),
            ("posts_per_minute", self.posts_per_minute),
            ("posts_burst", self.posts_burst),
            ("address_posts_per_minute", self.address_posts_per_minute),
            ("address_posts_burst", self.address_posts_burst),
        ];
        for (name, most) in all {
            if !(1..=1_000_000).contains(&most) {
                return Err(format!("pace.{name} is {most}: it must be a whole number from 1 to 1000000."));
            }
        }
        Ok(())
    }
}
