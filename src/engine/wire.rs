//! The binary form of compiled playbooks and snapshots.
//!
//! Own code, since it is loaded by every page: derived serde with postcard took 17 KB of the page's module (brotli), this
//! takes 5 (`docs/decisions/0003-own-binary-form.md`). Integers are LEB128 (signed ones zigzag first, as in Protocol
//! Buffers), doubles little endian, texts (which are lists of characters) and lists have their length before them, choices
//! their number. Nothing names itself: both ends are of the same `FORMAT`.

/// Deeper than any condition that a person writes; the end of a hostile one.
const DEEPEST: usize = 200;

/// What can be written, and read again.
///
/// Reading does not stop at damage: it goes on with nothing and says so at the end, which makes for half the code of
/// leaving at each field (`read_all` throws such a value away).
pub(crate) trait Wire: Sized {
    fn write(&self, out: &mut Vec<u8>);
    fn read(input: &mut Input<'_>) -> Self;
}

/// Bytes that are being read.
pub(crate) struct Input<'a> {
    rest: &'a [u8],
    /// Of each list that is being read, the outermost first: how many items are still to come.
    lists: Vec<usize>,
    damaged: bool,
}

/// Reads the whole of a value; bytes that are left over mean damage.
pub(crate) fn read_all<T: Wire>(bytes: &[u8]) -> Option<T> {
    read_sound(bytes, |_| true)
}

/// The same of what can be wrong although nothing is missing.
pub(crate) fn read_sound<T: Wire>(bytes: &[u8], is_sound: fn(&T) -> bool) -> Option<T> {
    let mut input = Input { rest: bytes, lists: Vec::new(), damaged: false };
    let value = T::read(&mut input);
    if !input.damaged && input.rest.is_empty() && is_sound(&value) {
        return Some(value);
    }
    // A page has no code that drops a playbook: it has one, for as long as it lives, and sees a damaged one hardly ever.
    if cfg!(feature = "browser") {
        std::mem::forget(value);
    }
    None
}

/// What bytes begin with.
pub(crate) fn read_head<T: Wire>(bytes: &[u8]) -> T {
    T::read(&mut Input { rest: bytes, lists: Vec::new(), damaged: false })
}

/// A copy, without the code that copying each part of it would take in the page.
pub(crate) fn copy<T: Wire + Default>(value: &T) -> T {
    let mut bytes = Vec::new();
    value.write(&mut bytes);
    read_all(&bytes).unwrap_or_default()
}

impl Input<'_> {
    /// From here on there is nothing more to read.
    pub(crate) fn damage(&mut self) {
        self.damaged = true;
        self.rest = &[];
        self.lists.clear();
    }

    fn take(&mut self, count: usize) -> &[u8] {
        match self.rest.split_at_checked(count) {
            Some((taken, rest)) => {
                self.rest = rest;
                taken
            }
            None => {
                self.damage();
                &[]
            }
        }
    }

    /// The number of a variant; none that exists at the end.
    pub(crate) fn tag(&mut self) -> u8 {
        self.take(1).first().copied().unwrap_or(u8::MAX)
    }

    /// Zero at the end.
    fn byte(&mut self) -> u8 {
        self.take(1).first().copied().unwrap_or_default()
    }

    fn number(&mut self) -> u64 {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte();
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return number;
            }
        }
        self.damage();
        0
    }

    /// A number that has to fit.
    fn fitting<T: TryFrom<i64> + Default>(&mut self, number: i64) -> T {
        T::try_from(number).unwrap_or_else(|_| {
            self.damage();
            T::default()
        })
    }

    /// A count of things that take a byte each at least, so no more than there are bytes.
    fn count(&mut self) -> usize {
        let count = self.number();
        if count > self.rest.len() as u64 {
            self.damage();
            return 0;
        }
        count as usize
    }

    /// A list begins. With [`Input::more`], this is all that the page does not have once for each type of list.
    pub(crate) fn begin_list(&mut self) {
        let count = self.count();
        self.begin(count);
    }

    fn begin(&mut self, count: usize) {
        self.lists.push(count);
        if self.lists.len() > DEEPEST {
            self.damage();
        }
    }

    /// Whether another item of the innermost list comes; the list has ended if not.
    pub(crate) fn more(&mut self) -> bool {
        match self.lists.last_mut() {
            Some(left) if *left > 0 => {
                *left -= 1;
                true
            }
            _ => {
                self.lists.pop();
                false
            }
        }
    }
}

fn write_number(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

impl Wire for u64 {
    fn write(&self, out: &mut Vec<u8>) {
        write_number(*self, out);
    }
    fn read(input: &mut Input<'_>) -> Self {
        input.number()
    }
}

impl Wire for i64 {
    fn write(&self, out: &mut Vec<u8>) {
        write_number(((self << 1) ^ (self >> 63)) as u64, out);
    }
    fn read(input: &mut Input<'_>) -> Self {
        let zigzag = input.number();
        (zigzag >> 1) as i64 ^ -((zigzag & 1) as i64)
    }
}

/// Its lower half as a signed number, and what that leaves for the upper: the usual small number takes a byte more.
impl Wire for i128 {
    fn write(&self, out: &mut Vec<u8>) {
        let low = *self as i64;
        low.write(out);
        ((self.wrapping_sub(i128::from(low)) >> 64) as i64).write(out);
    }
    fn read(input: &mut Input<'_>) -> Self {
        let low = i64::read(input);
        (i128::from(i64::read(input)) << 64).wrapping_add(i128::from(low))
    }
}

macro_rules! narrow {
    ($($type:ty),*) => {$(
        impl Wire for $type {
            fn write(&self, out: &mut Vec<u8>) {
                i64::from(*self).write(out);
            }
            fn read(input: &mut Input<'_>) -> Self {
                let wide = i64::read(input);
                input.fitting(wide)
            }
        }
    )*};
}
narrow!(u8, u16, u32, i16, i32);

impl Wire for bool {
    fn write(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }
    fn read(input: &mut Input<'_>) -> Self {
        input.byte() != 0
    }
}

impl Wire for f64 {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.to_le_bytes());
    }
    fn read(input: &mut Input<'_>) -> Self {
        input.take(8).try_into().map(f64::from_le_bytes).unwrap_or_default()
    }
}

/// A list of characters, so that the page has no check of UTF-8; what is no character is damage.
impl Wire for String {
    fn write(&self, out: &mut Vec<u8>) {
        write_number(self.chars().count() as u64, out);
        self.chars().for_each(|character| write_number(u64::from(u32::from(character)), out));
    }
    fn read(input: &mut Input<'_>) -> Self {
        let mut text = String::new();
        input.begin_list();
        while input.more() {
            match u32::try_from(input.number()).ok().and_then(char::from_u32) {
                Some(character) => text.push(character),
                None => input.damage(),
            }
        }
        text
    }
}

impl<T: Wire> Wire for Option<T> {
    fn write(&self, out: &mut Vec<u8>) {
        self.is_some().write(out);
        self.iter().for_each(|value| value.write(out));
    }
    fn read(input: &mut Input<'_>) -> Self {
        bool::read(input).then(|| T::read(input))
    }
}

/// A list of one, as to how deep it may be; no count is written.
impl<T: Wire> Wire for Box<T> {
    fn write(&self, out: &mut Vec<u8>) {
        T::write(self, out);
    }
    fn read(input: &mut Input<'_>) -> Self {
        input.begin(0);
        let value = Box::new(T::read(input));
        input.more();
        value
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn write(&self, out: &mut Vec<u8>) {
        write_number(self.len() as u64, out);
        self.iter().for_each(|value| value.write(out));
    }
    fn read(input: &mut Input<'_>) -> Self {
        let mut values = Vec::new();
        input.begin_list();
        while input.more() {
            values.push(T::read(input));
        }
        values
    }
}

impl<A: Wire, B: Wire> Wire for (A, B) {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
        self.1.write(out);
    }
    fn read(input: &mut Input<'_>) -> Self {
        (A::read(input), B::read(input))
    }
}

impl<T: Wire> Wire for [T; 4] {
    fn write(&self, out: &mut Vec<u8>) {
        self.iter().for_each(|value| value.write(out));
    }
    fn read(input: &mut Input<'_>) -> Self {
        [T::read(input), T::read(input), T::read(input), T::read(input)]
    }
}

/// A struct: its fields, one after the other. Those behind `; skip` follow from the others and are left out.
macro_rules! wire_struct {
    ($type:ident { $($field:ident),* $(,)? } $(skip { $($left_out:ident),* })?) => {
        impl $crate::engine::wire::Wire for $type {
            fn write(&self, out: &mut Vec<u8>) {
                $($crate::engine::wire::Wire::write(&self.$field, out);)*
            }
            fn read(input: &mut $crate::engine::wire::Input<'_>) -> Self {
                Self {
                    $($field: $crate::engine::wire::Wire::read(input),)*
                    $($($left_out: Default::default(),)*)?
                }
            }
        }
    };
}

/// A newtype: what is in it.
macro_rules! wire_newtype {
    ($($type:ident),*) => {$(
        impl $crate::engine::wire::Wire for $type {
            fn write(&self, out: &mut Vec<u8>) {
                $crate::engine::wire::Wire::write(&self.0, out);
            }
            fn read(input: &mut $crate::engine::wire::Input<'_>) -> Self {
                Self($crate::engine::wire::Wire::read(input))
            }
        }
    )*};
}

/// An enum: the number of the variant, then what is in it. What is damaged reads as `or`.
macro_rules! wire_enum {
    ($type:ident or $or:expr, { $($number:literal => $variant:ident $(($($value:ident),*))? $({ $($field:ident),* })?),* $(,)? }) => {
        impl $crate::engine::wire::Wire for $type {
            fn write(&self, out: &mut Vec<u8>) {
                match self {
                    $(Self::$variant $(($($value),*))? $({ $($field),* })? => {
                        out.push($number);
                        $($($crate::engine::wire::Wire::write($value, out);)*)?
                        $($($crate::engine::wire::Wire::write($field, out);)*)?
                    })*
                }
            }
            fn read(input: &mut $crate::engine::wire::Input<'_>) -> Self {
                match input.tag() {
                    $($number => Self::$variant
                        $(($({ let $value = $crate::engine::wire::Wire::read(input); $value }),*))?
                        $({ $($field: $crate::engine::wire::Wire::read(input)),* })?,)*
                    _ => {
                        input.damage();
                        $or
                    }
                }
            }
        }
    };
}

pub(crate) use {wire_enum, wire_newtype, wire_struct};

#[cfg(test)]
mod tests {
    use super::*;

    fn round<T: Wire + PartialEq + std::fmt::Debug>(value: T) {
        let mut bytes = Vec::new();
        value.write(&mut bytes);
        assert_eq!(read_all::<T>(&bytes).as_ref(), Some(&value));
        assert_eq!(read_all::<T>(&bytes[..bytes.len() - 1]), None, "cut off");
        bytes.push(0);
        assert_eq!(read_all::<T>(&bytes), None, "left over");
    }

    #[test]
    fn what_is_written_is_read_again() {
        for number in [0, 1, 127, 128, 300, u64::MAX] {
            round(number);
        }
        for number in [0, -1, 1, i64::MIN, i64::MAX] {
            round(number);
        }
        for number in [0, -1, i128::from(i64::MIN) - 1, i128::from(u64::MAX), i128::MIN, i128::MAX] {
            round(number);
        }
        round(-0.1_f64);
        round("häßlich \u{1F9ED}".to_owned());
        round(vec![Some(7_u16), None, Some(u16::MAX)]);
        round((Box::new(true), vec![-3_i32, 4]));
    }

    #[test]
    fn a_count_beyond_the_bytes_is_damage_not_memory() {
        let mut bytes = Vec::new();
        write_number(u64::MAX, &mut bytes);
        assert_eq!(read_all::<Vec<u8>>(&bytes), None);
        assert_eq!(read_all::<String>(&bytes), None);
        assert_eq!(read_all::<u8>(&bytes), None, "too large for the type");
    }

    #[test]
    fn what_is_no_character_is_damage() {
        for number in [0xd800, 0x11_0000, (1 << 32) + 65] {
            let mut bytes = vec![1];
            write_number(number, &mut bytes);
            assert_eq!(read_all::<String>(&bytes), None, "{number:x}");
        }
    }
}
