//! Signatures go both ways between us and OpenSSL 3.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU64, Ordering};

use credit::signing::{DISTID, PublicKey, SecretKey, Signature, verify};

const MESSAGE: &str = "承诺人名称：上海奉贤示例精密机械有限公司\n";

struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let name = format!("signing-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        fs::create_dir(&folder).expect("a folder can be made");
        Self(folder)
    }

    fn openssl(&self, arguments: &str) -> Output {
        let mut openssl = Command::new("openssl");
        openssl.current_dir(&self.0).args(arguments.split_whitespace()).output().expect("openssl is installed")
    }

    fn must(&self, arguments: &str) -> Vec<u8> {
        let output = self.openssl(arguments);
        assert!(output.status.success(), "{arguments}: {}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.0.join(name), content).expect("it can be written");
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.0.join(name)).expect("it can be read")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn openssl_verifies_what_we_sign() {
    let folder = Folder::new();
    let verifying =
        format!("pkeyutl -verify -pubin -inkey key.pem -in text -sigfile signature -rawin -digest sm3 -pkeyopt distid:{DISTID}");
    for seed in 1..9 {
        let key = SecretKey::from_bytes(&[seed; 32]).unwrap();
        folder.write("key.pem", key.public().pem());
        folder.write("text", MESSAGE);
        folder.write("signature", key.sign(MESSAGE.as_bytes(), &[seed; 32]).der());
        folder.must(&verifying);
        folder.write("text", "另一段文字");
        assert!(!folder.openssl(&verifying).status.success());
    }
}

#[test]
fn we_verify_what_openssl_signs() {
    let folder = Folder::new();
    for _ in 0..4 {
        folder.must("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:SM2 -out secret.pem");
        folder.must("pkey -in secret.pem -pubout -out key.pem");
        folder.must("pkey -in secret.pem -pubout -outform DER -out key.der");
        folder.write("text", MESSAGE);
        folder
            .must(&format!("pkeyutl -sign -inkey secret.pem -in text -out signature -rawin -digest sm3 -pkeyopt distid:{DISTID}"));
        let public = PublicKey::from_pem(&String::from_utf8(folder.read("key.pem")).unwrap()).unwrap();
        assert_eq!(PublicKey::from_spki(&folder.read("key.der")), Ok(public));
        assert_eq!(public.spki(), folder.read("key.der"), "we write it as OpenSSL does");
        assert_eq!(public.pem().into_bytes(), folder.read("key.pem"));
        let signature = Signature::from_der(&folder.read("signature")).unwrap();
        assert_eq!(signature.der(), folder.read("signature"));
        assert!(verify(&public, MESSAGE.as_bytes(), &signature));
        assert!(!verify(&public, b"", &signature));
    }
}
