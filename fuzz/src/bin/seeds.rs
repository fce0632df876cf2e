//! Writes the seeds of a target, each into a file, and the dictionary: `seeds TARGET FOLDER DICTIONARY`.

use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(target), Some(folder), Some(dictionary)) =
        (arguments.next(), arguments.next(), arguments.next())
    else {
        return Err(std::io::Error::other("usage: seeds TARGET FOLDER DICTIONARY"));
    };
    let folder = PathBuf::from(folder);
    std::fs::create_dir_all(&folder)?;
    for seed in ripen_fuzz::seeds::of(&target) {
        // By content, so that they are not there twice after a change of the vectors.
        std::fs::write(folder.join(format!("{:016x}", ripen::engine::fnv1a(&seed))), seed)?;
    }
    std::fs::write(dictionary, ripen_fuzz::seeds::dictionary())
}
