//! The templates that come with the program.

use super::File;

const FILES: &[(&str, &str)] = &[
    ("fire-safety.toml", include_str!("../../templates/fire-safety.toml")),
    ("food-industry.toml", include_str!("../../templates/food-industry.toml")),
    ("food-operation-licence.toml", include_str!("../../templates/food-operation-licence.toml")),
    ("honest-operation.toml", include_str!("../../templates/honest-operation.toml")),
    ("missing-material.toml", include_str!("../../templates/missing-material.toml")),
    ("no-arrears-certificate.toml", include_str!("../../templates/no-arrears-certificate.toml")),
    ("premises-certificate.toml", include_str!("../../templates/premises-certificate.toml")),
    ("prepaid-cards.toml", include_str!("../../templates/prepaid-cards.toml")),
    ("public-place-hygiene.toml", include_str!("../../templates/public-place-hygiene.toml")),
    ("repair-market.toml", include_str!("../../templates/repair-market.toml")),
    ("repair.toml", include_str!("../../templates/repair.toml")),
    ("return-of-goods.toml", include_str!("../../templates/return-of-goods.toml")),
    ("use-of-funds.toml", include_str!("../../templates/use-of-funds.toml")),
];

/// Them, as files.
pub(super) fn files() -> Vec<File> {
    FILES.iter().map(|(name, text)| File { name: (*name).to_owned(), text: (*text).to_owned() }).collect()
}
