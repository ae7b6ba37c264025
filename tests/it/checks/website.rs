//! A partner's website on this machine.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// What stands at a path.
#[derive(Clone, Default)]
pub struct Served {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

#[derive(Default)]
struct Shared {
    pages: Mutex<HashMap<String, Served>>,
    asked: Mutex<Vec<(String, String)>>,
    open: AtomicUsize,
    most_open: AtomicUsize,
    closed: AtomicBool,
}

/// A website, which ends with its test.
pub struct Website {
    address: SocketAddr,
    shared: Arc<Shared>,
    listening: Option<JoinHandle<()>>,
}

impl Website {
    /// Opens it; what it does not have is 404.
    pub fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared::default());
        let serving = shared.clone();
        let listening = thread::spawn(move || {
            for stream in listener.incoming() {
                if serving.closed.load(Ordering::SeqCst) {
                    return;
                }
                let serving = serving.clone();
                thread::spawn(move || serving.answer(stream.unwrap()));
            }
        });
        Website { address, shared, listening: Some(listening) }
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The same by another name of the host.
    pub fn url_by_name(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.address.port())
    }

    /// Puts something at a path.
    pub fn serves(&self, path: &str, status: u16, headers: &[(&str, &str)], body: &str) {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let served = Served { status, headers, body: body.to_owned() };
        self.shared.pages.lock().unwrap().insert(path.to_owned(), served);
    }

    /// Puts a page of HTML at a path.
    pub fn shows(&self, path: &str, html: &str) {
        self.serves(path, 200, &[("Content-Type", "text/html; charset=utf-8")], html);
    }

    /// The paths that were asked for, in order.
    pub fn asked(&self) -> Vec<String> {
        self.shared.asked.lock().unwrap().iter().map(|(path, _)| path.clone()).collect()
    }

    /// Who asked last, by their own word.
    pub fn asked_by(&self) -> String {
        self.shared.asked.lock().unwrap().last().unwrap().1.clone()
    }

    /// How many were answered at one time at the most.
    pub fn most_at_once(&self) -> usize {
        self.shared.most_open.load(Ordering::SeqCst)
    }
}

impl Shared {
    fn answer(&self, stream: TcpStream) {
        let open = self.open.fetch_add(1, Ordering::SeqCst) + 1;
        self.most_open.fetch_max(open, Ordering::SeqCst);
        let mut lines = BufReader::new(&stream).lines();
        let first = lines.next().and_then(Result::ok).unwrap_or_default();
        let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
        let mut agent = String::new();
        for line in lines.map_while(Result::ok).take_while(|line| !line.is_empty()) {
            if let Some((name, value)) = line.split_once(": ")
                && name.eq_ignore_ascii_case("user-agent")
            {
                agent = value.to_owned();
            }
        }
        self.asked.lock().unwrap().push((path.clone(), agent));
        let missing = Served { status: 404, ..Served::default() };
        let served = self.pages.lock().unwrap().get(&path).cloned().unwrap_or(missing);
        let mut head = format!(
            "HTTP/1.1 {} -\r\nContent-Length: {}\r\nConnection: close\r\n",
            served.status,
            served.body.len()
        );
        for (name, value) in &served.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        // A site takes a moment, in which another request could come.
        thread::sleep(Duration::from_millis(3));
        self.open.fetch_sub(1, Ordering::SeqCst);
        // Whoever asked may have gone: then there is nobody to tell.
        let _ = (&stream).write_all(format!("{head}\r\n{}", served.body).as_bytes());
    }
}

impl Drop for Website {
    fn drop(&mut self) {
        self.shared.closed.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
        let _ = self.listening.take().map(JoinHandle::join);
    }
}
