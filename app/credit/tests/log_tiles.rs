//! Where the log's parts stand and what they hold; `tlog_tiles` is asked about paths.

use credit::log::entry::{Entry, EntryKind, NoEntry, salted};
use credit::log::tiles::{NoTilePath, TileKind, TilePath, read_bundle, read_hashes, write_bundle};
use proptest::prelude::*;
use tlog_tiles::tile::Tile;

fn tile(kind: TileKind, number: u64, width: u16) -> TilePath {
    TilePath { kind, number, width }
}

#[test]
fn paths_are_those_of_the_specification() {
    let cases = [
        ("tile/0/000", tile(TileKind::Hashes(0), 0, 256)),
        ("tile/0/x001/234", tile(TileKind::Hashes(0), 1234, 256)),
        ("tile/0/x001/x234/067", tile(TileKind::Hashes(0), 1_234_067, 256)),
        ("tile/63/999.p/255", tile(TileKind::Hashes(63), 999, 255)),
        ("tile/entries/000.p/1", tile(TileKind::Entries, 0, 1)),
        ("tile/entries/x001/000", tile(TileKind::Entries, 1000, 256)),
    ];
    for (path, expected) in cases {
        assert_eq!(TilePath::parse(path), Ok(expected));
        assert_eq!(expected.to_string(), path);
    }
}

#[test]
fn other_spellings_are_no_paths() {
    for path in [
        "",
        "tile",
        "tile/",
        "tile/0",
        "tile/0/",
        "tile/0/0",
        "tile/0/0000",
        "tile/00/000",
        "tile/64/000",
        "tile/+1/000",
        "tile/-1/000",
        "tile/0/x000/000",
        "tile/0/001/234",
        "tile/0/x001",
        "tile/0/x001/x234",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000.p/",
        "tile/0/000.p/1/2",
        "tile/data/000",
        "tile/8/0/000",
        "/tile/0/000",
        "tile/0/000/",
        "tile/entries/000.p/+1",
        "tile/0/x+01/234",
        "tile/0/../000",
        "tile/0/x018/x446/x744/x073/x709/x551/616",
    ] {
        assert_eq!(TilePath::parse(path), Err(NoTilePath), "{path}");
    }
}

#[test]
fn a_log_of_some_size_has_these_tiles() {
    let all = |size| TilePath::all(size).map(|tile| tile.to_string()).collect::<Vec<_>>();
    assert_eq!(all(0), [""; 0]);
    assert_eq!(all(1), ["tile/0/000.p/1", "tile/entries/000.p/1"]);
    assert_eq!(all(256), ["tile/0/000", "tile/1/000.p/1", "tile/entries/000"]);
    assert_eq!(
        all(70_000)
            .into_iter()
            .filter(|path| !path.ends_with(|c: char| c.is_ascii_digit()) || path.contains(".p/"))
            .collect::<Vec<_>>(),
        ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1", "tile/entries/273.p/112"]
    );
    assert_eq!(all(70_000).len(), 274 + 2 + 1 + 274);
}

proptest! {
    #[test]
    fn hash_tiles_stand_where_another_reader_looks(level in 0_u8..8, number in 0_u64..1 << 50, width in 1_u16..=256) {
        let ours = tile(TileKind::Hashes(level), number, width);
        // That reader writes the height (8) into its paths, as an older form of them had it.
        let theirs = Tile::new(8, level, number, width.into(), false).path().replace("tile/8/", "tile/");
        prop_assert_eq!(ours.to_string(), theirs.clone());
        prop_assert_eq!(TilePath::parse(&theirs), Ok(ours));
    }

    #[test]
    fn bundles_come_back_as_they_were_written(entries in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..300), 0..20)) {
        let bundle = write_bundle(&entries).unwrap();
        let width = entries.len() as u16;
        prop_assert_eq!(read_bundle(&bundle, width).unwrap(), entries);
        prop_assert_eq!(read_bundle(&bundle, width + 1), None);
        let longer = [&bundle[..], &[0]].concat();
        prop_assert_eq!(read_bundle(&longer, width), None);
    }

    #[test]
    fn an_entry_comes_back_as_it_was_written(kind in prop::sample::select(EntryKind::ALL), at in 0..i64::MAX, digest: [u8; 32]) {
        let entry = Entry { kind, at, digest };
        prop_assert_eq!(Entry::read(&entry.write()), Ok(entry));
    }

    #[test]
    fn a_changed_byte_makes_another_entry_or_none(at in 0..i64::MAX, place: prop::sample::Index, byte: u8) {
        let entry = Entry { kind: EntryKind::Published, at, digest: [0xa5; 32] };
        let mut bytes = entry.write();
        let place = place.index(bytes.len());
        prop_assume!(bytes[place] != byte);
        bytes[place] = byte;
        if let Ok(other) = Entry::read(&bytes) {
            prop_assert_ne!(other, entry);
            prop_assert_eq!(other.write(), bytes);
        }
    }
}

#[test]
fn the_form_of_an_entry_is_this() {
    let entry = Entry { kind: EntryKind::KeyEnrolled, at: 1_795_500_000_000, digest: [0x0a; 32] };
    let text = format!("chengxin-log/v1\nkey_enrolled\n1795500000000\n{}\n", "0a".repeat(32));
    assert_eq!(entry.write(), text.as_bytes());
    for other in [
        text.trim_end().to_owned(),
        text.replace('\n', "\r\n"),
        text.replace("/v1", "/v2"),
        text.replace("key_enrolled", "key enrolled"),
        text.replace("1795500000000", "01795500000000"),
        text.replace("1795500000000", "+1795500000000"),
        text.replace("1795500000000", "-1"),
        text.replace("0a0a", "0A0a"),
        format!("{text}\n"),
        format!("{text}more\n"),
        String::new(),
    ] {
        assert_eq!(Entry::read(other.as_bytes()), Err(NoEntry), "{other:?}");
    }
}

#[test]
fn a_salted_hash_is_that_of_salt_and_subject_together() {
    // printf '%32s' '' | tr ' ' '\0' > salt; (cat salt; printf abc) | sha256sum
    let hash: String = credit::hexadecimal::write(&salted(&[0; 32], b"abc"));
    assert_eq!(hash, HASH_OF_ZEROS_AND_ABC);
    assert_ne!(salted(&[1; 32], b"abc"), salted(&[0; 32], b"abc"));
}

const HASH_OF_ZEROS_AND_ABC: &str = "365aa7d8f7f9402c4b9434502b4cc89ddb09fe50d7cd95b493b834c62d5a5370";

#[test]
fn a_tile_of_another_width_is_not_read() {
    assert_eq!(read_hashes(&[7; 64], 2), Some(vec![[7; 32], [7; 32]]));
    for (bytes, width) in [(64, 1), (64, 3), (63, 2), (65, 2)] {
        assert_eq!(read_hashes(&vec![7; bytes], width), None);
    }
}
