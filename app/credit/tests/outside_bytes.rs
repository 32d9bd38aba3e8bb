//! Every reader here of what comes from outside meets whatever there is: it answers, and in time.

use credit::bundle::Bundle;
use credit::credit_code::CreditCode;
use credit::form::FormKind;
use credit::log::cosignature::WitnessKey;
use credit::log::note::VerifierKey;
use credit::pasted::read_pasted;
use credit::signing::{Enrolment, PublicKey, Signature};
use credit::text_table::TextRows;
use proptest::prelude::*;

/// Bytes that resemble a certificate: pieces of PDF, of streams, of JSON, and anything else, in any order.
fn like_a_pdf() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just(b"%PDF-1.7\n".to_vec()),
        Just(b"1 0 obj <</Type/EmbeddedFile/Length 99999999999999999999>> stream\n".to_vec()),
        Just(b"<</Type/EmbeddedFile/Length 4>>\nstream\r\n{}{}\nendstream".to_vec()),
        Just(b"/EmbeddedFile".to_vec()),
        Just(b"/Length ".to_vec()),
        Just(b"-1".to_vec()),
        Just(b"stream\n".to_vec()),
        Just(b"endstream".to_vec()),
        Just(b"{\"format\":".to_vec()),
        Just(vec![b'['; 2000]),
        proptest::collection::vec(any::<u8>(), 0..40),
    ];
    proptest::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn a_file_that_is_no_certificate_is_no_receipt(file in like_a_pdf()) {
        prop_assert!(Bundle::found_in(&file).is_err());
    }

    #[test]
    fn deep_and_broken_json_is_no_receipt(depth in 0..20_000_usize, open in "[\\[{]|\\{\"a\":", tail in ".{0,20}") {
        prop_assert!(Bundle::read(&(open.repeat(depth) + &tail)).is_err());
    }

    #[test]
    fn a_table_of_any_text_is_rows_or_a_refusal(text in "([\"\t,;\r\n'=]|\\PC){0,200}") {
        // A cell is never more than the text: what is counted is bounded.
        for rows in [TextRows::of_file(text.as_str()).collect::<Result<Vec<_>, _>>(), TextRows::pasted(text.as_str()).collect()] {
            let cells: usize = rows.iter().flatten().flatten().map(|cell| cell.len()).sum();
            prop_assert!(cells <= text.len());
        }
        for kind in FormKind::ALL.iter().copied() {
            let _ = read_pasted(kind, &text);
        }
    }

    #[test]
    fn keys_signatures_notes_and_codes_of_any_shape_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200), text in "\\PC{0,120}") {
        let _ = (PublicKey::from_spki(&bytes), PublicKey::from_point(&bytes), Signature::from_der(&bytes));
        let _ = (PublicKey::from_pem(&text), Signature::from_hexadecimal(&text), Enrolment::read(&text));
        let _ = (VerifierKey::parse(&text), WitnessKey::parse(&text), CreditCode::parse(&text));
    }

    #[test]
    fn a_der_that_says_it_is_longer_than_it_is_is_refused(length in any::<u8>(), rest in proptest::collection::vec(any::<u8>(), 0..80)) {
        let der = [&[0x30, length][..], &rest].concat();
        let _ = (PublicKey::from_spki(&der), Signature::from_der(&der));
    }
}
