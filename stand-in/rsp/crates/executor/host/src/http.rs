//! One POST over plain HTTP/1.0, which is never answered in chunks. There is no TLS: the caller forwards.

use crate::Error;
use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

const TIMEOUT: Duration = Duration::from_secs(30);

pub fn post(url: &str, body: &str) -> Result<String, Error> {
    let rest = url
        .strip_prefix("http://")
        .ok_or_else(|| Error::new("Transport Error: only http:// URLs are supported"))?;
    let (host, path) = match rest.find('/') {
        Some(at) => rest.split_at(at),
        None => (rest, "/"),
    };
    let answer = exchange(host, path, body).map_err(|error| {
        Error::because(
            format!("Transport Error: error sending request for url ({url})"),
            error,
        )
    })?;
    let (head, body) = answer
        .split_once("\r\n\r\n")
        .ok_or_else(|| Error::new("Transport Error: the answer has no end of header"))?;
    let status = head.split(' ').nth(1).unwrap_or_default();
    if status.starts_with('2') {
        Ok(body.to_string())
    } else {
        Err(Error::new(format!(
            "Transport Error: HTTP error {status} with body: {body}"
        )))
    }
}

fn exchange(host: &str, path: &str, body: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(TIMEOUT))?;
    let length = body.len();
    let head = format!("POST {path} HTTP/1.0\r\nhost: {host}\r\ncontent-type: application/json\r\n");
    stream.write_all(format!("{head}content-length: {length}\r\n\r\n{body}").as_bytes())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}
