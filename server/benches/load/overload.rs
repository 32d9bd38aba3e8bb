//! Three times as much as can be answered: what is let in must stay quick, and the rest is told so at once.
//!
//! Requests come when they are due, whether or not earlier ones were answered, each from another of a thousand addresses; a time is
//! counted from when the request was due, so nothing is hidden by waiting for a turn. Nine of ten look at the form of a draft, one
//! begins a draft. Portal and generator each have a processor of their own where there are two.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::mpsc;

use crate::arguments::Arguments;
use crate::browser::Browser;
use crate::connection::{Answer, Connection};
use crate::figures::at;
use crate::nodes::{Nodes, Processor};

/// How many ask at once while the capacity is looked for.
const CLOSED: usize = 32;
/// So many addresses ask.
const ADDRESSES: u32 = 1000;
/// Moves this process to a processor of its own and gives the one that is left to the portal. To be called before there are other
/// threads.
pub fn keep_apart() -> Option<Processor> {
    let [portal, generator] = Processor::two()?;
    generator.take();
    Some(portal)
}

/// Measures and prints; the portal runs on this processor.
pub async fn measure(arguments: Arguments, portal: Option<Processor>) {
    let nodes = Nodes::start_behind_proxy(portal).await;
    let browser = Browser::new(&nodes.urls[0], &nodes.platform.url());
    browser.sign_in("legal-representative").await.page_of(200);
    let begun = browser.post("/drafts", &[("kind", "licence")]).await;
    let asking = Asking {
        to: nodes.urls[0].trim_start_matches("http://").parse().expect("it is an address"),
        cookie: browser.cookies_for("/"),
        draft: begun.location(),
    };
    let asking = Arc::new(asking);
    println!("overload: the form of a draft nine times of ten, a draft begun once; SQLite, {} s each", arguments.lasting.as_secs());
    // The first seconds fill caches and open files.
    closed(&asking, Duration::from_secs(3)).await;
    let found = closed(&asking, arguments.lasting).await;
    let capacity = found.per_second();
    println!("| asked | /s | answered/s | p50 | p99 | turned away/s | p50 | p99 | with what was typed | memory |");
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    found.print(&format!("{CLOSED} at once, as fast as answered"), capacity, nodes.memory());
    for part in [0.5, 0.8, 1.0, 3.0, 0.8] {
        let came = open(&asking, capacity * part, arguments.lasting).await;
        came.print(&format!("{part} times that"), capacity * part, nodes.memory());
    }
}

/// Whom to ask, as whom, for what.
struct Asking {
    to: SocketAddr,
    cookie: String,
    draft: String,
}

/// What is asked.
#[derive(Clone, Copy, PartialEq)]
enum Wish {
    Look,
    Begin,
}

impl Asking {
    fn request(&self, number: u32) -> (Wish, String) {
        let Self { to, cookie, draft } = self;
        let address = number % ADDRESSES;
        let from = format!("Host: {to}\r\nX-Real-IP: 10.1.{}.{}\r\nCookie: {cookie}\r\n", address / 250, address % 250 + 1);
        if number.is_multiple_of(10) {
            let body = "kind=licence";
            let kind = "Content-Type: application/x-www-form-urlencoded\r\nSec-Fetch-Site: same-origin";
            let length = body.len();
            (Wish::Begin, format!("POST /drafts HTTP/1.1\r\n{from}{kind}\r\nContent-Length: {length}\r\n\r\n{body}"))
        } else {
            (Wish::Look, format!("GET {draft} HTTP/1.1\r\n{from}\r\n"))
        }
    }
}

/// What the requests of one run came to.
#[derive(Default)]
struct Came {
    took: Duration,
    answered: Vec<Duration>,
    turned_away: Vec<Duration>,
    /// Of the posts that were turned away: how many, and to how many their form was given back.
    posts: usize,
    given_back: usize,
}

impl Came {
    fn note(&mut self, wish: Wish, answer: &Answer, took: Duration) {
        match (wish, answer.status) {
            (Wish::Look, 200) | (Wish::Begin, 303) => self.answered.push(took),
            (_, 503) => {
                assert!(answer.head.to_ascii_lowercase().contains("retry-after:"), "{}", answer.head);
                let page = String::from_utf8_lossy(&answer.body);
                assert!(page.contains("lang=\"zh-CN\""), "{page}");
                self.turned_away.push(took);
                if wish == Wish::Begin {
                    self.posts += 1;
                    self.given_back += usize::from(page.contains("name=\"kind\" value=\"licence\""));
                }
            }
            (_, status) => panic!("answered with {status}: {}", answer.head),
        }
    }

    fn per_second(&self) -> f64 {
        self.answered.len() as f64 / self.took.as_secs_f64()
    }

    fn print(&self, asked: &str, rate: f64, memory: u64) {
        let (good, away) = (&self.answered, &self.turned_away);
        let away_rate = away.len() as f64 / self.took.as_secs_f64();
        print!("| {asked} | {rate:.0} | {:.0} | {:.1} ms | {:.1} ms ", self.per_second(), at(good, 0.5), at(good, 0.99));
        if away.is_empty() {
            print!("| 0 | – | – | – ");
        } else {
            let kept = (100 * self.given_back).checked_div(self.posts).map_or("–".to_owned(), |part| format!("{part} %"));
            print!("| {away_rate:.0} | {:.1} ms | {:.1} ms | {kept} ", at(away, 0.5), at(away, 0.99));
        }
        println!("| {} MB |", memory / 1_000_000);
    }
}

/// So many ask again as soon as they are answered.
async fn closed(asking: &Arc<Asking>, lasting: Duration) -> Came {
    let began = Instant::now();
    let tasks: Vec<_> = (0..CLOSED)
        .map(|place| {
            let asking = asking.clone();
            tokio::spawn(async move {
                let (mut came, mut number) = (Came::default(), u32::try_from(place).expect("few"));
                let mut connection = Connection::open(asking.to).await;
                while began.elapsed() < lasting {
                    let (wish, request) = asking.request(number);
                    let sent = Instant::now();
                    let answer = connection.call(request.as_bytes()).await;
                    came.note(wish, &answer, sent.elapsed());
                    number += 1;
                }
                came
            })
        })
        .collect();
    let mut all = Came::default();
    for task in tasks {
        let came = task.await.expect("every request was answered as it should");
        all.answered.extend(came.answered);
        all.turned_away.extend(came.turned_away);
        all.posts += came.posts;
        all.given_back += came.given_back;
    }
    all.took = began.elapsed();
    all
}

/// So many a second ask, with gaps by chance as those of strangers are, each on a connection that nobody else uses meanwhile.
async fn open(asking: &Arc<Asking>, rate: f64, lasting: Duration) -> Came {
    let connections: Arc<Mutex<Vec<Connection>>> = Arc::default();
    let (noted, mut answers) = mpsc::unbounded_channel();
    let began = Instant::now();
    let (mut due, mut number, mut chance) = (Duration::ZERO, 0_u32, 88_172_645_463_325_252_u64);
    while due < lasting {
        tokio::time::sleep_until((began + due).into()).await;
        while due <= began.elapsed() {
            let (asking, connections, noted) = (asking.clone(), connections.clone(), noted.clone());
            tokio::spawn(async move {
                let free = connections.lock().unwrap_or_else(PoisonError::into_inner).pop();
                let mut connection = match free {
                    Some(connection) => connection,
                    None => Connection::open(asking.to).await,
                };
                let (wish, request) = asking.request(number);
                let answer = connection.call(request.as_bytes()).await;
                let took = began.elapsed().saturating_sub(due);
                connections.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
                let _ = noted.send((wish, answer, took));
            });
            number += 1;
            due += Duration::from_secs_f64(gap(&mut chance) / rate);
        }
    }
    drop(noted);
    let mut came = Came::default();
    while let Some((wish, answer, took)) = answers.recv().await {
        came.note(wish, &answer, took);
    }
    came.took = began.elapsed();
    assert_eq!(came.answered.len() + came.turned_away.len(), number as usize, "every request is answered");
    came
}

/// The time to the next one where one comes in a unit of time on the average and none knows of another.
fn gap(chance: &mut u64) -> f64 {
    // Marsaglia's xorshift64: the same gaps in every run.
    *chance ^= *chance << 13;
    *chance ^= *chance >> 7;
    *chance ^= *chance << 17;
    -(((*chance >> 11) as f64 + 0.5) / (1_u64 << 53) as f64).ln()
}
