use super::Json;

pub fn parse(text: &str) -> Result<Json, String> {
    let mut reader = Reader {
        bytes: text.as_bytes(),
        at: 0,
    };
    let value = reader.value()?;
    reader.skip_blanks();
    match reader.bytes.get(reader.at) {
        None => Ok(value),
        Some(_) => Err(reader.problem("trailing characters")),
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn value(&mut self) -> Result<Json, String> {
        self.skip_blanks();
        match self.bytes.get(self.at) {
            Some(b'{') => self.object(),
            Some(b'[') => self.list(),
            Some(b'"') => Ok(Json::Text(self.text()?)),
            Some(b't') => self.word("true", Json::Bool(true)),
            Some(b'f') => self.word("false", Json::Bool(false)),
            Some(b'n') => self.word("null", Json::Null),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(_) => Err(self.problem("expected value")),
            None => Err(self.problem("EOF while parsing a value")),
        }
    }

    fn object(&mut self) -> Result<Json, String> {
        let mut fields = Vec::new();
        self.at += 1;
        while !self.closes(b'}', fields.is_empty())? {
            self.skip_blanks();
            let name = self.text()?;
            self.expect(b':')?;
            fields.push((name, self.value()?));
        }
        Ok(Json::Object(fields))
    }

    fn list(&mut self) -> Result<Json, String> {
        let mut items = Vec::new();
        self.at += 1;
        while !self.closes(b']', items.is_empty())? {
            items.push(self.value()?);
        }
        Ok(Json::List(items))
    }

    /// Whether the list or object ends here; otherwise a comma is taken, except before the first item.
    fn closes(&mut self, end: u8, first: bool) -> Result<bool, String> {
        self.skip_blanks();
        if self.bytes.get(self.at) == Some(&end) {
            self.at += 1;
            return Ok(true);
        }
        if !first {
            self.expect(b',')?;
        }
        Ok(false)
    }

    fn text(&mut self) -> Result<String, String> {
        self.expect(b'"')?;
        let mut bytes = Vec::new();
        loop {
            let rest = &self.bytes[self.at..];
            let stop = rest.iter().position(|byte| matches!(byte, b'"' | b'\\'));
            let stop = stop.ok_or_else(|| self.problem("EOF while parsing a string"))?;
            bytes.extend(&rest[..stop]);
            self.at += stop + 1;
            if rest[stop] == b'"' {
                return String::from_utf8(bytes).map_err(|_| self.problem("invalid unicode"));
            }
            let escaped = self.escape()?;
            bytes.extend(escaped.to_string().bytes());
        }
    }

    fn escape(&mut self) -> Result<char, String> {
        let letter = self.bytes.get(self.at).copied().unwrap_or_default();
        self.at += 1;
        match letter {
            b'"' | b'\\' | b'/' => Ok(char::from(letter)),
            b'n' => Ok('\n'),
            b't' => Ok('\t'),
            b'r' => Ok('\r'),
            b'b' => Ok('\u{8}'),
            b'f' => Ok('\u{c}'),
            b'u' => {
                let digits = self.bytes.get(self.at..self.at + 4).unwrap_or_default();
                self.at += 4;
                let code = std::str::from_utf8(digits)
                    .ok()
                    .and_then(|text| u32::from_str_radix(text, 16).ok());
                // Halves of a pair have no place in these files; they become the replacement character.
                code.map(|code| char::from_u32(code).unwrap_or('\u{fffd}'))
                    .ok_or_else(|| self.problem("invalid escape"))
            }
            _ => Err(self.problem("invalid escape")),
        }
    }

    fn number(&mut self) -> Result<Json, String> {
        let rest = &self.bytes[self.at..];
        let digits = rest
            .iter()
            .take_while(|byte| matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9'));
        let length = digits.count();
        let text = String::from_utf8_lossy(&rest[..length]).into_owned();
        text.parse::<f64>().map_err(|_| self.problem("invalid number"))?;
        self.at += length;
        Ok(Json::Number(text))
    }

    fn word(&mut self, word: &str, value: Json) -> Result<Json, String> {
        if !self.bytes[self.at..].starts_with(word.as_bytes()) {
            return Err(self.problem("expected ident"));
        }
        self.at += word.len();
        Ok(value)
    }

    fn expect(&mut self, byte: u8) -> Result<(), String> {
        self.skip_blanks();
        if self.bytes.get(self.at) != Some(&byte) {
            return Err(self.problem(&format!("expected `{}`", char::from(byte))));
        }
        self.at += 1;
        Ok(())
    }

    fn skip_blanks(&mut self) {
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
    }

    fn problem(&self, what: &str) -> String {
        let before = &self.bytes[..self.at.min(self.bytes.len())];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let column = before.iter().rev().take_while(|byte| **byte != b'\n').count();
        format!("{what} at line {line} column {column}")
    }
}
