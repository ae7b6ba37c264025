//! Somebody on loopback who takes requests of ours, notes them and answers as a test says.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// A request that came.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    /// Method and path.
    pub line: String,
    /// Headers, their names in small letters.
    pub headers: BTreeMap<String, String>,
    /// The body.
    pub body: String,
}

/// Somebody who listens until dropped.
pub struct Receiver {
    address: SocketAddr,
    heard: Arc<Mutex<Vec<Heard>>>,
    over: Arc<AtomicBool>,
}

impl Receiver {
    /// Answers each request as `answer` does.
    pub fn new(answer: impl Fn(&Heard, &mut TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (heard, over) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicBool::new(false)));
        let (notes, end, answer) = (heard.clone(), over.clone(), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming() {
                if end.load(Ordering::SeqCst) {
                    return;
                }
                let (mut stream, notes, answer) = (stream.unwrap(), notes.clone(), answer.clone());
                thread::spawn(move || {
                    if let Some(request) = read(&stream) {
                        notes.lock().unwrap().push(request.clone());
                        answer(&request, &mut stream);
                    }
                });
            }
        });
        Receiver { address, heard, over }
    }

    /// Answers each request with these bytes.
    pub fn saying(answer: impl Into<Vec<u8>>) -> Self {
        let answer = answer.into();
        Self::new(move |_, stream| {
            let _ = stream.write_all(&answer);
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its URL with a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What came so far.
    pub fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap().clone()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
    }
}

fn read(stream: &TcpStream) -> Option<Heard> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    let mut next = |reader: &mut BufReader<&TcpStream>| {
        line.clear();
        reader.read_line(&mut line).ok().filter(|read| *read > 0).map(|_| line.trim_end().to_owned())
    };
    let first = next(&mut reader)?;
    let mut heard = Heard { line: first.trim_end_matches(" HTTP/1.1").to_owned(), ..Heard::default() };
    while let Some((name, value)) = next(&mut reader)?.split_once(':') {
        heard.headers.insert(name.to_lowercase(), value.trim().to_owned());
    }
    let length = heard.headers.get("content-length").map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    heard.body = String::from_utf8(body).unwrap();
    Some(heard)
}
