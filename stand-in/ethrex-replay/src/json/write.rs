use super::Json;

impl Json {
    pub fn compact(&self) -> String {
        let mut text = String::new();
        write(self, None, &mut text);
        text
    }

    pub fn pretty(&self) -> String {
        let mut text = String::new();
        write(self, Some(0), &mut text);
        text
    }
}

/// `depth` is that of the surrounding value, `None` where everything goes on one line.
fn write(value: &Json, depth: Option<usize>, out: &mut String) {
    match value {
        Json::Null => out.push_str("null"),
        Json::Bool(value) => out.push_str(&value.to_string()),
        Json::Number(digits) => out.push_str(digits),
        Json::Text(text) => write_text(text, out),
        Json::List(items) => {
            let inner = items.iter().map(|item| (None, item)).collect();
            write_members(('[', ']'), inner, depth, out);
        }
        Json::Object(fields) => {
            let inner = fields
                .iter()
                .map(|(name, value)| (Some(name.as_str()), value))
                .collect();
            write_members(('{', '}'), inner, depth, out);
        }
    }
}

fn write_members(
    ends: (char, char),
    members: Vec<(Option<&str>, &Json)>,
    depth: Option<usize>,
    out: &mut String,
) {
    out.push(ends.0);
    let inner = depth.map(|depth| depth + 1);
    for (at, (name, value)) in members.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        break_line(inner, out);
        if let Some(name) = name {
            write_text(name, out);
            out.push_str(if inner.is_some() { ": " } else { ":" });
        }
        write(value, inner, out);
    }
    if !members.is_empty() {
        break_line(depth, out);
    }
    out.push(ends.1);
}

fn break_line(depth: Option<usize>, out: &mut String) {
    if let Some(depth) = depth {
        out.push('\n');
        out.push_str(&"  ".repeat(depth));
    }
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            control if control < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => out.push(other),
        }
    }
    out.push('"');
}
