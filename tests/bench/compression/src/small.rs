//! The least that still is DEFLATE (RFC 1951): one block, the fixed codes, the newest place with the same four bytes.

const HASH_BITS: u32 = 12;
const LONGEST: usize = 258;
const FARTHEST: usize = 32 * 1024;

struct Bits {
    bytes: Vec<u8>,
    pending: u64,
    count: u32,
}

impl Bits {
    fn put(&mut self, value: u32, bits: u32) {
        self.pending |= u64::from(value) << self.count;
        self.count += bits;
        while self.count >= 8 {
            self.bytes.push(self.pending as u8);
            self.pending >>= 8;
            self.count -= 8;
        }
    }

    /// Huffman codes are sent with their highest bit first.
    fn code(&mut self, value: u32, bits: u32) {
        self.put(value.reverse_bits() >> (32 - bits), bits);
    }

    /// A literal, the end of the block, or a length.
    fn symbol(&mut self, symbol: u32) {
        match symbol {
            0..=143 => self.code(0x30 + symbol, 8),
            144..=255 => self.code(0x190 + symbol - 144, 9),
            256..=279 => self.code(symbol - 256, 7),
            _ => self.code(0xC0 + symbol - 280, 8),
        }
    }

    fn length(&mut self, length: usize) {
        if length == LONGEST {
            return self.symbol(285);
        }
        let value = length as u32 - 3;
        if value < 8 {
            return self.symbol(257 + value);
        }
        let extra = value.ilog2() - 2;
        self.symbol(257 + 4 * extra + (value >> extra));
        self.put(value & ((1 << extra) - 1), extra);
    }

    fn distance(&mut self, distance: usize) {
        let value = distance as u32 - 1;
        if value < 4 {
            return self.code(value, 5);
        }
        let extra = value.ilog2() - 1;
        self.code(2 * extra + (value >> extra), 5);
        self.put(value & ((1 << extra) - 1), extra);
    }
}

pub(crate) fn deflated(text: &[u8]) -> Vec<u8> {
    let mut bits = Bits { bytes: Vec::with_capacity(text.len() / 4), pending: 0, count: 0 };
    let mut newest = vec![usize::MAX; 1 << HASH_BITS];
    let hash = |at: usize| -> Option<usize> {
        let four = u32::from_le_bytes(text.get(at..at + 4)?.try_into().ok()?);
        Some((four.wrapping_mul(0x9E37_79B1) >> (32 - HASH_BITS)) as usize)
    };
    // The last block, of fixed codes.
    bits.put(0b011, 3);
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        let mut length = 0;
        let mut from = 0;
        if let Some(slot) = hash(at).and_then(|hash| newest.get_mut(hash)) {
            from = std::mem::replace(slot, at);
            if from < at && at - from <= FARTHEST {
                length =
                    text[at..].iter().zip(&text[from..]).take(LONGEST).take_while(|(a, b)| a == b).count();
            }
        }
        if length < 4 {
            bits.symbol(u32::from(byte));
            at += 1;
        } else {
            bits.length(length);
            bits.distance(at - from);
            for place in at + 1..at + length {
                if let Some(hash) = hash(place) {
                    newest[hash] = place;
                }
            }
            at += length;
        }
    }
    bits.symbol(256);
    bits.put(0, 7);
    bits.bytes
}
