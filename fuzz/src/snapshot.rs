//! The bytes of a snapshot.

use ripen::engine::{Device, Past};

use crate::{life, vectors};

/// They are refused, or are a state to go on from: under the playbook that it is of, and under another one, whose new
/// signals begin with what the journal says.
pub fn snapshot(bytes: &[u8]) {
    let Some((number, bytes)) = bytes.split_first() else { return };
    let playbooks = vectors::playbooks();
    for number in [usize::from(*number), usize::from(*number) + 1] {
        let number = number % playbooks.len();
        let (playbook, events) = (&playbooks[number], vectors::events(number));
        let past = Past { events: &events[..events.len() / 2], is_whole: number.is_multiple_of(2) };
        let Some(device) = Device::restore(playbook, bytes, past) else { continue };
        let written = device.snapshot(playbook);
        let again = Device::restore(playbook, &written, Past::default());
        assert_eq!(
            again.map(|device| device.snapshot(playbook)).as_ref(),
            Some(&written),
            "written and read"
        );
        life::in_a_browser(playbook, device, events);
    }
}
