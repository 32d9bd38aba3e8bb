//! Files that go with a draft: what we know of each, and whether it can be sent.

use serde::{Deserialize, Serialize};

/// The largest file taken, in bytes: 20 MiB.
pub const LARGEST_FILE: u64 = 20 * 1024 * 1024;

/// The most pixels of a picture: 100 million, twice what telephones make. More would take its reader's memory away.
pub const MOST_PIXELS: u64 = 100_000_000;

/// The most files one draft takes.
pub const MOST_FILES: usize = 10;

/// A kind of file that the platform reads, told by its content and never by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MediaType {
    /// PDF.
    #[serde(rename = "application/pdf")]
    Pdf,
    /// JPEG photograph.
    #[serde(rename = "image/jpeg")]
    Jpeg,
    /// PNG picture.
    #[serde(rename = "image/png")]
    Png,
    /// HEIC photograph, as telephones make them.
    #[serde(rename = "image/heic")]
    Heic,
    /// OFD document (GB/T 33190).
    #[serde(rename = "application/ofd")]
    Ofd,
}

impl MediaType {
    /// The registered name (IANA).
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Heic => "image/heic",
            Self::Ofd => "application/ofd",
        }
    }
}

/// Why a file that somebody chose was not kept. It stays in the list with this reason until it is taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileRefusal {
    /// Nothing in it.
    Empty,
    /// More than [`LARGEST_FILE`].
    TooLarge,
    /// Its content is none of [`MediaType`], whatever its name says.
    WrongKind,
    /// The draft already has [`MOST_FILES`].
    TooMany,
    /// A picture of more than [`MOST_PIXELS`].
    TooManyPixels,
    /// A scanner found something harmful in it.
    Infected,
}

impl FileRefusal {
    const ALL: [Self; 6] = [Self::Empty, Self::TooLarge, Self::WrongKind, Self::TooMany, Self::TooManyPixels, Self::Infected];

    /// Its name in HTML.
    pub fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge => "too_large",
            Self::WrongKind => "wrong_kind",
            Self::TooMany => "too_many",
            Self::TooManyPixels => "too_many_pixels",
            Self::Infected => "infected",
        }
    }

    /// The refusal of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.name() == name)
    }
}

/// What became of one chosen file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileState {
    /// Kept: its content is stored under this hash.
    Kept {
        /// SHA-256 of the content, lower-case hexadecimal.
        sha256: String,
        /// Told by content.
        media_type: MediaType,
        /// Size in bytes.
        bytes: u64,
    },
    /// Not kept.
    Refused(FileRefusal),
}

/// One file of a draft or filing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Its own id within the portal.
    pub id: String,
    /// The name it had on the person's device; shown, never trusted.
    pub name: String,
    /// What became of it.
    pub state: FileState,
}

impl Attachment {
    /// Whether its content is here.
    pub fn is_kept(&self) -> bool {
        matches!(self.state, FileState::Kept { .. })
    }
}
