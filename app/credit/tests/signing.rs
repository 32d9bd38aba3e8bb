//! Signatures: the standards' own examples, and what must not pass.

use credit::hexadecimal;
use credit::signing::{PublicKey, SecretKey, Signature, fingerprint, sm3, verify, verify_as};
use proptest::prelude::*;

/// The order of the group (GB/T 32918.5-2017).
const ORDER: &str = "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123";

fn bytes<const N: usize>(digits: &str) -> [u8; N] {
    hexadecimal::read(digits).expect("digits of that many bytes")
}

/// A key that nobody uses.
fn key(seed: u8) -> SecretKey {
    SecretKey::from_bytes(&[seed; 32]).expect("in range")
}

#[test]
fn sm3_gives_the_digests_of_gb_t_32905_annex_a() {
    assert_eq!(hexadecimal::write(&sm3(b"abc")), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    assert_eq!(hexadecimal::write(&sm3(&b"abcd".repeat(16))), "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
}

/// GB/T 32918.5-2017 (GM/T 0003.5-2012), annex A.2: key, message and signature on the recommended curve.
#[test]
fn the_signature_of_gb_t_32918_5_annex_a_holds() {
    let secret = SecretKey::from_bytes(&bytes("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8")).unwrap();
    let public = secret.public();
    assert_eq!(
        hexadecimal::write(&public.point()),
        "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020\
         ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"
    );
    let signature = Signature::from_hexadecimal(
        "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3\
         b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa",
    )
    .unwrap();
    assert!(verify(&public, b"message digest", &signature));
    assert!(!verify(&public, b"message digesu", &signature));
    assert!(!verify_as("ALICE123@YAHOO.COM", &public, b"message digest", &signature), "another identity is another signature");
    assert!(!verify_as("", &public, b"message digest", &signature));
}

#[test]
fn a_signature_depends_on_what_is_fresh_and_holds_all_the_same() {
    let (key, message) = (key(7), "承诺内容".as_bytes());
    let signatures = [key.sign(message, &[0; 32]), key.sign(message, &[1; 32])];
    assert_ne!(signatures[0], signatures[1]);
    assert_eq!(signatures[0], key.sign(message, &[0; 32]));
    for signature in signatures {
        assert!(verify(&key.public(), message, &signature));
        assert!(!verify(&self::key(8).public(), message, &signature), "of another key");
    }
}

#[test]
fn numbers_out_of_range_are_no_signature() {
    let one = format!("{:064x}", 1);
    let zero = "0".repeat(64);
    let largest = "f".repeat(64);
    assert!(Signature::from_hexadecimal(&format!("{one}{one}")).is_ok());
    for wrong in [&zero, &ORDER.to_owned(), &largest] {
        assert!(Signature::from_hexadecimal(&format!("{wrong}{one}")).is_err(), "r = {wrong}");
        assert!(Signature::from_hexadecimal(&format!("{one}{wrong}")).is_err(), "s = {wrong}");
    }
    assert!(Signature::from_hexadecimal(&format!("{}{one}", one.to_uppercase().replace('0', "A"))).is_err(), "upper case");
    assert!(Signature::from_hexadecimal(&one).is_err(), "half of one");
}

/// With r + s = n the key would not matter (GB/T 32918.2-2016, 7.1, B5).
#[test]
fn two_numbers_that_add_up_to_the_order_are_refused() {
    let rest = "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54122";
    let signature = Signature::from_hexadecimal(&format!("{:064x}{rest}", 1)).unwrap();
    assert!(!verify(&key(7).public(), b"", &signature));
}

#[test]
fn numbers_out_of_range_are_no_secret_key() {
    let minus_one = "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54122";
    let minus_two = "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54121";
    for wrong in [&"0".repeat(64), ORDER, minus_one, &"f".repeat(64)] {
        assert!(SecretKey::from_bytes(&bytes(wrong)).is_err(), "{wrong}");
    }
    let last = SecretKey::from_bytes(&bytes(minus_two)).unwrap();
    assert!(verify(&last.public(), b"a", &last.sign(b"a", &[0; 32])));
    assert!(!format!("{last:?}").contains("541"), "it does not tell its number");
}

#[test]
fn a_public_key_is_read_in_each_of_its_forms() {
    let key = key(7).public();
    assert_eq!(PublicKey::from_point(&key.point()), Ok(key));
    assert_eq!(PublicKey::from_spki(&key.spki()), Ok(key));
    assert_eq!(PublicKey::from_pem(&key.pem()), Ok(key));
    assert_eq!(PublicKey::from_pem(&key.pem().replace('\n', "\r\n")), Ok(key));
    assert_eq!(key.spki().len(), 91);
    assert_eq!(fingerprint(&key), hexadecimal::write(&sm3(&key.spki())));
}

#[test]
fn what_is_no_point_of_the_curve_is_no_public_key() {
    let key = key(7).public();
    let mut off = key.point();
    off[64] ^= 1;
    let infinity = [0];
    let mut zeros = [0; 65];
    zeros[0] = 4;
    // The same point, compressed: there is one way to write a key.
    let compressed = [[2 + (key.point()[64] & 1)].as_slice(), &key.point()[1..33]].concat();
    for wrong in [&off[..], &infinity, &zeros, &compressed, &[], &key.point()[..64], &[key.point().as_slice(), &[0]].concat()] {
        assert!(PublicKey::from_point(wrong).is_err(), "{wrong:02x?}");
    }
    // The coordinate x + p is no other name for x.
    let mut over = key.point();
    over[1..33].fill(0xff);
    assert!(PublicKey::from_point(&over).is_err());
    // A point on the curve P-256, and its identifier.
    let mut p256 = key.spki();
    p256[15..23].copy_from_slice(&[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07]);
    assert!(PublicKey::from_spki(&p256).is_err());
    for wrong in [
        format!(" {}", key.pem()),
        format!("{}x", key.pem()),
        key.pem().replace("PUBLIC", "PRIVATE"),
        key.pem().replacen('\n', "\n\n", 2),
    ] {
        assert!(PublicKey::from_pem(&wrong).is_err(), "{wrong}");
    }
}

fn a_key() -> impl Strategy<Value = SecretKey> {
    any::<[u8; 32]>().prop_filter_map("in range", |bytes| SecretKey::from_bytes(&bytes).ok())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn one_flipped_bit_anywhere_is_refused(key in a_key(), message in "[\u{20}-\u{9fff}]{1,80}", fresh: [u8; 32], at: usize, bit in 0..8u8) {
        let public = key.public();
        let signature = key.sign(message.as_bytes(), &fresh);
        prop_assert!(verify(&public, message.as_bytes(), &signature));
        let mut other = message.clone().into_bytes();
        let place = at % other.len();
        other[place] ^= 1 << bit;
        prop_assert!(!verify(&public, &other, &signature));
        let mut other = signature.bytes();
        other[at % 64] ^= 1 << bit;
        prop_assert!(!Signature::from_bytes(&other).is_ok_and(|other| verify(&public, message.as_bytes(), &other)));
        let mut other = public.point();
        other[at % 65] ^= 1 << bit;
        prop_assert!(!PublicKey::from_point(&other).is_ok_and(|other| verify(&other, message.as_bytes(), &signature)));
    }

    #[test]
    fn a_signature_is_the_same_after_der_and_der_has_one_form(mut bytes: [u8; 64], zeros in 0..31usize, at: usize, bit in 0..8u8) {
        bytes[..zeros].fill(0);
        if let Ok(signature) = Signature::from_bytes(&bytes) {
            let der = signature.der();
            prop_assert_eq!(Signature::from_der(&der), Ok(signature));
            let mut other = der.clone();
            let place = at % other.len();
            other[place] ^= 1 << bit;
            // Whatever is read is written again as it was.
            if let Ok(read) = Signature::from_der(&other) {
                prop_assert_eq!(read.der(), other);
            }
            prop_assert!(Signature::from_der(&[der.as_slice(), &[0]].concat()).is_err());
            prop_assert!(Signature::from_der(&der[..der.len() - 1]).is_err());
        }
    }

    #[test]
    fn no_bytes_make_reading_fail_otherwise_than_by_saying_no(bytes: Vec<u8>) {
        let _ = Signature::from_der(&bytes);
        let _ = PublicKey::from_spki(&bytes);
        let _ = PublicKey::from_pem(&String::from_utf8_lossy(&bytes));
    }
}
