//! A witness of the public log as C2SP tlog-witness has it, over real HTTP. It believes nothing that it has not verified.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use credit::log::checkpoint::Checkpoint;
use credit::log::cosignature::{WitnessKey, cosigned_text};
use credit::log::growth::Growth;
use credit::log::note::{VerifierKey, signature};
use credit::log::proof::verify_consistency;
use credit::log::tree::{Hash, empty_root};
use ed25519_dalek::{Signer, SigningKey};
use tokio::net::TcpListener;

/// When it cosigns, whatever the clock says.
pub const COSIGNED_AT: u64 = 1_795_521_120;

/// How it behaves once it has verified what it was shown.
#[derive(Clone, Copy, PartialEq)]
pub enum Manner {
    /// It cosigns.
    Honest,
    /// It never answers.
    Silent,
    /// It cosigns with a key that is not its own.
    Forging,
    /// It answers that it cannot now.
    Down,
}

/// What it knows.
struct Known {
    manner: Manner,
    /// The log that it watches; none: it knows no log yet.
    log: Option<VerifierKey>,
    size: u64,
    root: Hash,
    /// The sizes for which it cosigned, and the old sizes it was told, in order.
    shown: Vec<(u64, u64)>,
}

/// Why it does not cosign.
enum Refused {
    Because(StatusCode),
    /// It was told another old size than this, which it has seen.
    HasSeen(u64),
}

/// It listens until the test ends.
#[derive(Clone)]
pub struct Witness {
    name: String,
    signing: SigningKey,
    address: std::net::SocketAddr,
    known: Arc<Mutex<Known>>,
}

impl Witness {
    /// A fresh one.
    pub async fn open(name: &str, manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let witness = Self {
            name: name.to_owned(),
            signing: SigningKey::from_bytes(&[9; 32]),
            address: listener.local_addr().unwrap(),
            known: Arc::new(Mutex::new(Known { manner, log: None, size: 0, root: empty_root(), shown: Vec::new() })),
        };
        let router = Router::new().route("/w/add-checkpoint", post(add_checkpoint)).with_state(witness.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        witness
    }

    /// Its key, as settings name it.
    pub fn key(&self) -> WitnessKey {
        WitnessKey::new(&self.name, self.signing.verifying_key().as_bytes()).unwrap()
    }

    /// The settings of a portal for these witnesses.
    pub fn settings(witnesses: &[&Self]) -> String {
        let one = |witness: &&Self| format!("{{ url = \"http://{}/w/\", key = \"{}\" }}", witness.address, witness.key());
        format!("[log]\nwitnesses = [{}]\n", witnesses.iter().map(one).collect::<Vec<_>>().join(", "))
    }

    /// It watches this log from now on, of which it has seen so much.
    pub fn watch(&self, log: &VerifierKey, size: u64, root: Hash) {
        let mut known = self.known.lock().unwrap();
        (known.log, known.size, known.root) = (Some(log.clone()), size, root);
    }

    /// It behaves like this from now on.
    pub fn becomes(&self, manner: Manner) {
        self.known.lock().unwrap().manner = manner;
    }

    /// The old size that it was told and the size for which it cosigned, each time.
    pub fn shown(&self) -> Vec<(u64, u64)> {
        self.known.lock().unwrap().shown.clone()
    }

    /// Whether a checkpoint has a cosignature of it.
    pub fn cosigned(&self, note: &str) -> bool {
        let (text, lines) = note.split_once("\n\n").unwrap();
        let text = format!("{text}\n");
        lines.lines().any(|line| self.key().cosigned_at(&text, line) == Some(COSIGNED_AT))
    }

    /// Verifies what it is shown, and remembers it: the text to be cosigned.
    fn judge(&self, body: &str) -> Result<String, Refused> {
        let mut known = self.known.lock().unwrap();
        let refused = |status: StatusCode| Err(Refused::Because(status));
        let Some(growth) = Growth::read(body) else { return refused(StatusCode::BAD_REQUEST) };
        let Some(log) = &known.log else { return refused(StatusCode::NOT_FOUND) };
        let Ok(shown) = Checkpoint::open(&growth.checkpoint, log) else { return refused(StatusCode::FORBIDDEN) };
        if growth.old != known.size {
            return Err(Refused::HasSeen(known.size));
        }
        if verify_consistency(known.size, &known.root, shown.size, &shown.root, &growth.proof).is_err() {
            return refused(StatusCode::UNPROCESSABLE_ENTITY);
        }
        let text = log.open(&growth.checkpoint).unwrap().to_owned();
        (known.size, known.root) = (shown.size, shown.root);
        known.shown.push((growth.old, shown.size));
        Ok(text)
    }
}

async fn add_checkpoint(State(witness): State<Witness>, body: String) -> Response {
    let manner = witness.known.lock().unwrap().manner;
    if manner == Manner::Silent {
        std::future::pending::<()>().await;
    }
    if manner == Manner::Down {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let text = match witness.judge(&body) {
        Ok(text) => text,
        Err(Refused::Because(status)) => return status.into_response(),
        Err(Refused::HasSeen(size)) => {
            return (StatusCode::CONFLICT, [(header::CONTENT_TYPE, "text/x.tlog.size")], format!("{size}\n")).into_response();
        }
    };
    let key = if manner == Manner::Forging { SigningKey::from_bytes(&[8; 32]) } else { witness.signing.clone() };
    let signed = key.sign(cosigned_text(&text, COSIGNED_AT).as_bytes()).to_bytes();
    let bytes = [&COSIGNED_AT.to_be_bytes()[..], &signed].concat();
    signature(&witness.name, witness.key().id(), &bytes).into_response()
}
