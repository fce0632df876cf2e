//! The bytes of a compiled playbook.

use ripen::engine::{Device, Playbook};

use crate::life;

/// They are refused, or are a playbook that can be lived by, and that is written as it was read.
pub fn compiled(bytes: &[u8]) {
    let Ok(playbook) = Playbook::from_bytes(bytes) else { return };
    let written = playbook.to_bytes();
    let again = Playbook::from_bytes(&written).map(|playbook| playbook.to_bytes());
    assert_eq!(again.as_ref(), Ok(&written), "written and read");
    let messages = life::messages(&playbook);
    life::in_a_browser(&playbook, Device::default(), &life::recording(&messages).finish());
    life::in_a_world(&playbook, &messages);
}
