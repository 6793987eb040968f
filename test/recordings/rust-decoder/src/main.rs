//! Reads one JSON string (an API key) per line on stdin and writes one JSON result per line.
//!
//! Same steps and error texts as the key reader of the Flyte Rust controller
//! (flyte-sdk, rs_controller/src/auth), written anew: strict standard base64, UTF-8,
//! exactly four parts between colons. The controller throws the fourth part away and puts
//! `https://` before the first one; here both are given as they stand in the key.

use std::io::{self, BufRead, Write};

use base64::{engine::general_purpose::STANDARD, Engine};
use serde_json::{json, Value};

fn read_key(key: &str) -> Result<Value, String> {
    let bytes = STANDARD
        .decode(key)
        .map_err(|why| format!("Failed to decode base64: {why}"))?;
    let text =
        String::from_utf8(bytes).map_err(|_| "Invalid UTF-8 in decoded API key".to_string())?;
    match text.split(':').collect::<Vec<_>>().as_slice() {
        [domain, id, secret, org] => Ok(json!({
            "accepts": true, "domain": domain, "clientId": id, "clientSecret": secret, "org": org
        })),
        other => Err(format!(
            "Invalid API key format: expected 4 colon-separated parts, got {}",
            other.len()
        )),
    }
}

fn main() -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let key: String = serde_json::from_str(&line?)?;
        let result =
            read_key(&key).unwrap_or_else(|error| json!({ "accepts": false, "error": error }));
        writeln!(out, "{result}")?;
    }
    out.flush()
}
