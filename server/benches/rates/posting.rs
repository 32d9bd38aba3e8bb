//! Forms posted by many clients at once, each waiting for its answer before it posts the next.

use std::time::Instant;

use crate::load::Connection;
use crate::portal::World;

/// A form to be posted by whoever is signed in.
#[derive(Clone)]
pub struct Post {
    /// Where to.
    pub path: String,
    /// The form, encoded.
    pub body: String,
}

/// How long it took.
pub struct Posted {
    /// All of it, in seconds.
    pub seconds: f64,
    /// The slowest answer, in seconds.
    pub slowest: f64,
}

/// Posts them all, by so many clients; each must be accepted.
pub async fn post_all(world: &World, clients: usize, posts: &[Post]) -> Posted {
    let began = Instant::now();
    let tasks: Vec<_> = posts
        .chunks(posts.len().div_ceil(clients))
        .map(|posts| {
            let (posts, cookie, address) = (posts.to_vec(), world.cookie.clone(), world.running.address);
            tokio::spawn(async move {
                let mut connection = Connection::open(address).await;
                let mut slowest = 0.0_f64;
                for Post { path, body } in posts {
                    let request = format!(
                        "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\
                         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
                        body.len()
                    );
                    let began = Instant::now();
                    let answer = connection.call(request.as_bytes()).await;
                    assert_eq!(answer.status, 303, "{}", answer.head);
                    assert!(answer.head.contains("filed=1"), "{}", answer.head);
                    slowest = slowest.max(began.elapsed().as_secs_f64());
                }
                slowest
            })
        })
        .collect();
    let mut slowest = 0.0_f64;
    for task in tasks {
        slowest = slowest.max(task.await.expect("every filing was accepted"));
    }
    Posted { seconds: began.elapsed().as_secs_f64(), slowest }
}
