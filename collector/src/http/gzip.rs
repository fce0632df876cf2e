//! A gzipped body, known by how it begins: a page that names the encoding in a header needs a preflight, which cannot
//! finish while the page goes (C02).

use std::io::{BufRead, Read};

use flate2::bufread::GzDecoder;

use super::refusal::{Refusal, Size};
use crate::limits;

/// How gzip begins, and no JSON does.
const MAGIC: [u8; 2] = [0x1f, 0x8b];

/// What a body says: itself, or what it inflates to, if that is not more than the limit.
pub(super) fn inflated(body: Vec<u8>, limit: usize) -> Result<Vec<u8>, Refusal> {
    if body.starts_with(&MAGIC) { inflate(&mut body.as_slice(), limit) } else { Ok(body) }
}

/// Stops one byte beyond the limit, so that a bomb costs no more than an honest body. What follows a member is the next
/// one (RFC 1952, 2.2): left unread, it would be lost without a word.
fn inflate(compressed: &mut impl BufRead, limit: usize) -> Result<Vec<u8>, Refusal> {
    let bad = |why: String| Refusal::BadGzip(why);
    let mut text = Vec::new();
    for _ in 0..limits::GZIP_MEMBERS {
        let room = limit - text.len();
        let mut decoder = GzDecoder::new(&mut *compressed).take(room as u64 + 1);
        decoder.read_to_end(&mut text).map_err(|error| bad(error.to_string()))?;
        if text.len() > limit {
            return Err(Refusal::BodyTooLarge(Size::LargerInflated, limit));
        }
        if matches!(compressed.fill_buf(), Ok([])) {
            return Ok(text);
        }
    }
    Err(bad(format!("it has more than {} members", limits::GZIP_MEMBERS)))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    fn why(body: Vec<u8>) -> String {
        match inflated(body, 100).unwrap_err() {
            Refusal::BadGzip(why) => why,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_body_is_inflated_if_it_is_gzip_and_left_alone_if_not() {
        for text in [&b"{}"[..], b"", b"\x1f", b"\x1f\x8a"] {
            assert_eq!(inflated(text.to_vec(), 100).unwrap(), text);
            assert_eq!(inflated(gzip(text), 100).unwrap(), text);
        }
    }

    #[test]
    fn what_it_inflates_to_is_measured_at_the_edge() {
        assert_eq!(inflated(gzip(&[b'x'; 100]), 100).unwrap().len(), 100);
        let refused = inflated(gzip(&[b'x'; 101]), 100).unwrap_err();
        assert_eq!(refused, Refusal::BodyTooLarge(Size::LargerInflated, 100));
    }

    #[test]
    fn a_bomb_is_put_down_before_it_has_gone_off() {
        let bomb = gzip(&vec![0; 8 << 20]);
        assert!(bomb.len() < 20_000, "{}", bomb.len());
        let mut rest = &bomb[..];
        assert!(matches!(inflate(&mut rest, 500_000), Err(Refusal::BodyTooLarge(..))));
        assert!(rest.len() > bomb.len() * 9 / 10, "{} of {} bytes were not read", rest.len(), bomb.len());
    }

    #[test]
    fn cut_anywhere_or_changed_anywhere_it_is_refused() {
        let whole = gzip(b"{\"batch\":[]}");
        for end in MAGIC.len()..whole.len() {
            assert!(!why(whole[..end].to_vec()).is_empty(), "cut at {end}");
        }
        // Time and system in the header say nothing about the content.
        for place in (MAGIC.len()..whole.len()).filter(|place| !(4..10).contains(place)) {
            let mut changed = whole.clone();
            changed[place] ^= 0x55;
            assert!(inflated(changed, 100).is_err(), "changed at {place}");
        }
    }

    #[test]
    fn members_are_one_text_and_nothing_else_may_follow() {
        let nothing = gzip(b"");
        let several = [nothing.clone(), gzip(b"{"), nothing.clone(), gzip(b"}"), nothing.clone()].concat();
        assert_eq!(inflated(several.clone(), 2).unwrap(), b"{}");
        assert_eq!(inflated(several.clone(), 1), Err(Refusal::BodyTooLarge(Size::LargerInflated, 1)));
        for rest in [&b"{}"[..], b"\0", &nothing[..10]] {
            assert!(!why([&several, rest].concat()).is_empty(), "{rest:?}");
        }
    }

    #[test]
    fn a_body_of_empty_members_is_not_read_to_its_end() {
        let nothing = gzip(b"");
        assert_eq!(inflated(nothing.repeat(limits::GZIP_MEMBERS), 100).unwrap(), b"");
        let many = nothing.repeat(25_000);
        let mut rest = &many[..];
        assert!(matches!(inflate(&mut rest, 100), Err(Refusal::BadGzip(why)) if why.contains("members")));
        assert!(rest.len() > many.len() * 9 / 10, "{} of {} bytes were not read", rest.len(), many.len());
    }
}
