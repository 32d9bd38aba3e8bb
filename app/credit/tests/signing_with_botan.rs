//! Signatures go both ways between us and Botan, a library in C++, by its binding for Python (Debian: python3-botan).

use std::io::Write;
use std::process::{Command, Stdio};

use credit::hexadecimal;
use credit::signing::{DISTID, SecretKey, Signature, verify};

/// Each way.
const CASES: u32 = 400;

/// Reads a line a case: secret key, public key, text and signature, hexadecimal. Says whether the signature holds, whether it holds
/// for another text, and signs the text itself.
const BOTAN: &str = r#"
import sys
try:
    import botan3 as botan
except ImportError:
    import botan2 as botan
    # Texts are bytes; this version of the binding takes their length from what it was given.
    botan._ctype_str = lambda text: text.encode() if isinstance(text, str) else text
scheme = sys.argv[1] + ",SM3"
random = botan.RandomNumberGenerator()
for line in sys.stdin:
    secret, public, text, signature = line.split()
    text, signature = bytes.fromhex(text), bytes.fromhex(signature)
    number = lambda digits: int(digits, 16)
    theirs = botan.PublicKey.load_sm2("sm2p256v1", number(public[:64]), number(public[64:]))
    def holds(what):
        check = botan.PKVerify(theirs, scheme)
        check.update(what)
        return check.check_signature(signature)
    # The binding does not hold on to the key.
    key = botan.PrivateKey.load_sm2("sm2p256v1", number(secret))
    sign = botan.PKSign(key, scheme)
    sign.update(text)
    print(int(holds(text)), int(holds(text + b"!")), sign.finish(random).hex())
"#;

fn secret_of(number: u32) -> [u8; 32] {
    let mut secret = [0x5A; 32];
    secret[..4].copy_from_slice(&number.to_be_bytes());
    secret
}

fn text_of(number: u32) -> String {
    format!("承诺书第 {number} 号：{}", "依法经营。".repeat(number as usize % 40))
}

#[test]
fn botan_verifies_what_we_sign_and_we_what_botan_signs() {
    let mut cases = String::new();
    for number in 1..=CASES {
        let secret = secret_of(number);
        let key = SecretKey::from_bytes(&secret).expect("a key");
        let text = text_of(number);
        let signature = key.sign(text.as_bytes(), &[number.to_le_bytes()[0]; 32]);
        let fields = [&secret[..], &key.public().point()[1..], text.as_bytes(), &signature.bytes()[..]];
        cases += &(fields.map(hexadecimal::write).join(" ") + "\n");
    }
    let mut python = Command::new("/usr/bin/python3")
        .args(["-c", BOTAN, DISTID])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .expect("Debian's Python is installed");
    let mut input = python.stdin.take().expect("it is piped");
    let feeding = std::thread::spawn(move || input.write_all(cases.as_bytes()));
    let answer = python.wait_with_output().expect("it ends");
    feeding.join().expect("it is fed").expect("it reads everything");
    assert!(answer.status.success(), "python3-botan is installed");
    let said = String::from_utf8(answer.stdout).expect("it is text");
    let mut seen = 0;
    for (number, line) in (1..).zip(said.lines()) {
        let (key, text) = (SecretKey::from_bytes(&secret_of(number)).expect("a key"), text_of(number));
        let [holds, holds_for_another, theirs] = line.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
        assert_eq!((holds, holds_for_another), ("1", "0"), "case {number}");
        let theirs = Signature::from_bytes(&hexadecimal::read(theirs).expect("64 bytes")).expect("a signature");
        assert!(verify(&key.public(), text.as_bytes(), &theirs), "case {number}");
        assert!(!verify(&key.public(), &text.as_bytes()[1..], &theirs), "case {number}");
        seen += 1;
    }
    assert_eq!(seen, CASES);
}
