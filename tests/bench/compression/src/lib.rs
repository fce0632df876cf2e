//! Candidates for packing, synchronously, what goes as a page hides. Each stands behind a feature: what one adds to a
//! module is the difference to a module with none, which copies.

#[cfg(feature = "small")]
mod small;

/// Room for a text of so many bytes.
#[unsafe(no_mangle)]
pub extern "C" fn room(len: usize) -> *mut u8 {
    vec![0_u8; len].leak().as_mut_ptr()
}

/// Packs what is in the room: place and length of the result.
///
/// # Safety
/// `place` and `len` are those of a room, which is given back.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pack(place: *mut u8, len: usize, level: u8) -> u64 {
    let text = unsafe { Vec::from_raw_parts(place, len, len) };
    let packed = deflated(&text, level).leak();
    ((packed.as_ptr() as u64) << 32) | packed.len() as u64
}

#[cfg(feature = "miniz")]
fn deflated(text: &[u8], level: u8) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec(text, level)
}

#[cfg(all(feature = "small", not(feature = "miniz")))]
fn deflated(text: &[u8], _: u8) -> Vec<u8> {
    small::deflated(text)
}

#[cfg(not(any(feature = "small", feature = "miniz")))]
fn deflated(text: &[u8], _: u8) -> Vec<u8> {
    text.to_vec()
}
