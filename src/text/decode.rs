//! Bytes of a file to text: UTF-8, and UTF-16 with a byte order mark.

use encoding_rs::{UTF_16BE, UTF_16LE};

use super::{Problem, SourceText};

/// Decodes the bytes of the file at `path`.
///
/// UTF-16 is decoded where a byte order mark says so; offsets are then those of the decoded text. Anything else
/// must be UTF-8.
///
/// # Errors
/// A [`Problem`] naming the line of the first byte that is not UTF-8 (or not UTF-16), or of the first NUL.
pub fn decode(path: &str, bytes: &[u8]) -> Result<SourceText, Problem> {
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => decode_utf16(path, UTF_16LE, rest)?,
        [0xfe, 0xff, rest @ ..] => decode_utf16(path, UTF_16BE, rest)?,
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(error) => {
                let line = line_of(bytes, error.valid_up_to());
                return Err(Problem {
                    path: path.to_owned(),
                    line: Some(line),
                    message: format!("not UTF-8 text: byte {} is not valid", error.valid_up_to()),
                    help: "save the file as UTF-8, or leave it out".to_owned(),
                });
            }
        },
    };
    if let Some(at) = text.bytes().position(|byte| byte == 0) {
        return Err(Problem {
            path: path.to_owned(),
            line: Some(line_of(text.as_bytes(), at)),
            message: format!("not a text file: byte {at} is NUL"),
            help: "leave the file out, or remove the NUL bytes".to_owned(),
        });
    }
    Ok(SourceText::new(path, text))
}

fn decode_utf16(
    path: &str,
    encoding: &'static encoding_rs::Encoding,
    bytes: &[u8],
) -> Result<String, Problem> {
    encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .map(std::borrow::Cow::into_owned)
        .ok_or_else(|| Problem {
            path: path.to_owned(),
            line: None,
            message: format!(
                "not valid {} text, which its byte order mark announces",
                encoding.name()
            ),
            help: "save the file as UTF-8".to_owned(),
        })
}

fn line_of(bytes: &[u8], offset: usize) -> usize {
    bytes
        .iter()
        .take(offset)
        .filter(|byte| **byte == b'\n')
        .count()
        + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf16_with_mark_is_read() {
        let bytes: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain("30% é".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        assert_eq!(decode("a.md", &bytes).unwrap().text(), "30% é");
    }

    #[test]
    fn bad_bytes_name_their_line() {
        assert_eq!(decode("a.md", b"ok\n\xff").unwrap_err().line, Some(2));
        assert_eq!(decode("a.md", b"ok\n\n\0").unwrap_err().line, Some(3));
    }
}
