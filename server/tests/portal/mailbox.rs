//! A mail server on this machine: it speaks SMTP over a socket, keeps what it is given, and can refuse.

use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::world::eventually;

/// A mail as it came over the line.
#[derive(Clone, Debug)]
pub struct Mail {
    pub from: String,
    pub to: Vec<String>,
    pub data: String,
}

#[derive(Default)]
struct Kept {
    mails: Vec<Mail>,
    /// What every recipient is answered instead of 250.
    refusal: Option<&'static str>,
    dialogues: usize,
}

/// The mail server.
#[derive(Clone)]
pub struct Mailbox {
    pub port: u16,
    kept: Arc<Mutex<Kept>>,
}

impl Mailbox {
    /// Begins to listen on a free port.
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mailbox = Self { port: listener.local_addr().unwrap().port(), kept: Arc::default() };
        let kept = mailbox.kept.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                kept.lock().unwrap().dialogues += 1;
                tokio::spawn(dialogue(stream, kept.clone()));
            }
        });
        mailbox
    }

    /// From now on every recipient is answered this; none: taken.
    pub fn refuse(&self, answer: Option<&'static str>) {
        self.kept.lock().unwrap().refusal = answer;
    }

    /// How often somebody connected.
    pub fn dialogues(&self) -> usize {
        self.kept.lock().unwrap().dialogues
    }

    /// Everything that was taken.
    pub fn mails(&self) -> Vec<Mail> {
        self.kept.lock().unwrap().mails.clone()
    }

    /// What was taken for this address, once there are so many.
    pub async fn mails_to(&self, address: &str, count: usize) -> Vec<Mail> {
        let look = async || {
            let mails: Vec<Mail> = self.mails().into_iter().filter(|mail| mail.to == [address]).collect();
            (mails.len() >= count).then_some(mails)
        };
        eventually(&format!("{count} mails to {address}"), look).await
    }
}

async fn dialogue(stream: TcpStream, kept: Arc<Mutex<Kept>>) {
    let (reading, mut writing) = stream.into_split();
    let mut lines = BufReader::new(reading).lines();
    let mut mail = Mail { from: String::new(), to: vec![], data: String::new() };
    let path = |line: &str| line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
    if writing.write_all(b"220 mail.example ESMTP\r\n").await.is_err() {
        return;
    }
    while let Ok(Some(line)) = lines.next_line().await {
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let answer = match verb.as_str() {
            "EHLO" => "250-mail.example\r\n250 SIZE 1000000\r\n".to_owned(),
            "HELO" | "RSET" | "NOOP" => "250 OK\r\n".to_owned(),
            "MAIL" => {
                mail = Mail { from: path(&line), to: vec![], data: String::new() };
                "250 OK\r\n".to_owned()
            }
            "RCPT" => {
                let refusal = kept.lock().unwrap().refusal;
                if refusal.is_none() {
                    mail.to.push(path(&line));
                }
                format!("{}\r\n", refusal.unwrap_or("250 OK"))
            }
            "DATA" if mail.to.is_empty() => "503 no recipient\r\n".to_owned(),
            "DATA" => {
                if writing.write_all(b"354 go on\r\n").await.is_err() {
                    return;
                }
                while let Ok(Some(line)) = lines.next_line().await {
                    if line == "." {
                        break;
                    }
                    mail.data.push_str(line.strip_prefix('.').unwrap_or(&line));
                    mail.data.push('\n');
                }
                kept.lock().unwrap().mails.push(mail.clone());
                "250 taken\r\n".to_owned()
            }
            "QUIT" => {
                let _ = writing.write_all(b"221 bye\r\n").await;
                return;
            }
            _ => "500 not understood\r\n".to_owned(),
        };
        if writing.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
    }
}

impl Mail {
    fn head(&self) -> String {
        // A line that begins with a blank goes on from the one before.
        self.data.split("\n\n").next().unwrap_or_default().replace("\n ", " ").replace("\n\t", " ")
    }

    /// A header's value.
    pub fn header(&self, name: &str) -> String {
        let head = self.head();
        let line = head.lines().find(|line| line.to_ascii_lowercase().starts_with(&format!("{}:", name.to_ascii_lowercase())));
        line.and_then(|line| line.split_once(':')).map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
    }

    /// The subject in words.
    pub fn subject(&self) -> String {
        let subject = self.header("subject");
        let mut words = Vec::new();
        for word in subject.split_whitespace() {
            match word.strip_prefix("=?utf-8?b?").and_then(|word| word.strip_suffix("?=")) {
                Some(encoded) => words.extend(STANDARD.decode(encoded).unwrap()),
                None => words.extend(format!(" {word} ").bytes()),
            }
        }
        String::from_utf8(words).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The text in words.
    pub fn text(&self) -> String {
        let body = self.data.split_once("\n\n").map(|(_, body)| body).unwrap_or_default();
        match self.header("content-transfer-encoding").as_str() {
            "base64" => {
                let encoded: String = body.split_whitespace().collect();
                String::from_utf8(STANDARD.decode(encoded).unwrap()).unwrap()
            }
            "quoted-printable" => quoted_printable(body),
            _ => body.to_owned(),
        }
    }

    /// The address on the web in it that begins like this.
    pub fn link(&self, beginning: &str) -> String {
        let text = self.text();
        let found = text.split_whitespace().find(|word| word.starts_with(beginning));
        found.unwrap_or_else(|| panic!("no {beginning} in {text}")).to_owned()
    }
}

fn quoted_printable(body: &str) -> String {
    let joined = body.replace("=\n", "");
    let mut bytes = Vec::new();
    let mut rest = joined.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        match (first, after) {
            (b'=', [a, b, after @ ..]) => {
                let digits = [*a, *b];
                bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
                rest = after;
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap()
}
