//! Asking a local server whether it is there.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use crate::trouble::{Outcome, While};

const PATIENCE: Duration = Duration::from_secs(2);

/// Whether `GET path` answers 200.
pub fn is_ok(port: u16, path: &str) -> bool {
    status(port, path) == Some(200)
}

/// Whether anything accepts connections on this port.
pub fn accepts(port: u16) -> bool {
    TcpStream::connect_timeout(&local(port), PATIENCE).is_ok()
}

/// Whether a server could listen on this port now.
pub fn is_free(port: u16) -> bool {
    TcpListener::bind(local(port)).is_ok()
}

/// So many ports that nobody listens on.
pub fn free_ports<const N: usize>() -> Outcome<[u16; N]> {
    // All are held until all are known, so that none is handed out twice.
    let mut held = Vec::new();
    let mut ports = [0; N];
    for port in &mut ports {
        let listener = TcpListener::bind(local(0)).during("looking for a free port")?;
        *port = listener.local_addr().during("looking for a free port")?.port();
        held.push(listener);
    }
    Ok(ports)
}

fn status(port: u16, path: &str) -> Option<u16> {
    let mut stream = TcpStream::connect_timeout(&local(port), PATIENCE).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = Vec::new();
    // The status line is all that is read.
    let mut piece = [0; 512];
    while !answer.contains(&b'\n') {
        match stream.read(&mut piece).ok()? {
            0 => break,
            n => answer.extend_from_slice(&piece[..n]),
        }
    }
    String::from_utf8_lossy(&answer).split_whitespace().nth(1)?.parse().ok()
}

fn local(port: u16) -> SocketAddr {
    (Ipv4Addr::LOCALHOST, port).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    #[test]
    fn free_ports_differ_and_are_free() {
        let [one, two] = free_ports().unwrap();
        assert!(one != two && is_free(one) && is_free(two));
    }

    #[test]
    fn the_status_is_read_from_a_real_answer() {
        let listener = TcpListener::bind(local(0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = thread::spawn(move || {
            for answer in ["HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 503 Service Unavailable\r\n\r\n"] {
                let (mut stream, _) = listener.accept().unwrap();
                let _ = stream.read(&mut [0; 512]).unwrap();
                stream.write_all(answer.as_bytes()).unwrap();
            }
        });
        assert!(is_ok(port, "/health/ready"));
        assert!(!is_ok(port, "/health/ready"));
        server.join().unwrap();
        assert!(!is_ok(port, "/health/ready"), "nobody is there any more");
    }
}
