//! What browsers and collector disagree about, by its cause. The same engine folds the same events in both, so a
//! difference says that they are not the same events.

use ripen::engine::{Device, Millis, Playbook, Scope, Seen};
use serde_json::{Map, Value};

use super::asked::Page;
use crate::fold::standing::PersonSnapshot;
use crate::limits::SNAPSHOT_LAG;
use crate::store::{NodeName, Store, StoreError, TenantId};
use crate::stream::{Sequenced, StreamId};

/// Between two quarters of an hour no clock of anybody turns.
const QUARTER_MS: i64 = 15 * 60_000;
/// Other devices are looked for no further back.
const REACH_MS: i64 = 2 * 24 * 3_600_000;
/// So far apart two devices' clocks may be.
const SKEW_MS: i64 = 60_000;

/// What came of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// They are of one mind.
    Agreed,
    /// The page runs another version of the engine, or another playbook: nothing can be compared.
    OtherEngine,
    /// Events that name the user, or theirs that name an account, were refused: the page takes them as they are, the collector
    /// does not.
    Forged,
    /// Events came to the page too late to be put in their place.
    Late,
    /// Events of the page have not arrived, and never will.
    Lost,
    /// Another device has done something of which the page was not told yet.
    OtherDevice,
    /// The page knows of nothing before some day, and no other device has done it: its storage was cleared.
    ClearedStorage,
    /// None of these.
    Unknown,
}

impl Cause {
    /// All of them.
    pub const ALL: [Cause; 8] = [
        Cause::Agreed,
        Cause::OtherEngine,
        Cause::Forged,
        Cause::Late,
        Cause::Lost,
        Cause::OtherDevice,
        Cause::ClearedStorage,
        Cause::Unknown,
    ];

    /// As it is stored and printed.
    pub fn name(self) -> &'static str {
        match self {
            Cause::Agreed => "agreed",
            Cause::OtherEngine => "other_engine",
            Cause::Forged => "forged",
            Cause::Late => "late",
            Cause::Lost => "lost",
            Cause::OtherDevice => "other_device",
            Cause::ClearedStorage => "cleared_storage",
            Cause::Unknown => "unknown",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Cause> {
        Cause::ALL.into_iter().find(|cause| cause.name() == name)
    }
}

/// Compares; none where that cannot be done as of one instant.
#[expect(clippy::too_many_arguments, reason = "both sides of a comparison")]
pub(super) fn cause(
    store: &mut dyn Store,
    tenant: TenantId,
    playbook: &Playbook,
    mut device: Device,
    found: &PersonSnapshot,
    page: &Page,
    streams: &[StreamId],
    now: Millis,
) -> Result<Option<Cause>, StoreError> {
    let at = page.at();
    if at.0.div_euclid(QUARTER_MS) != now.0.div_euclid(QUARTER_MS) {
        return Ok(None);
    }
    device.advance(playbook, at.max(now));
    if agrees(playbook, &device, page, at.max(now)) {
        return Ok(Some(Cause::Agreed));
    }
    let standing = store.identities().standing(tenant, &found.person)?;
    let since = page.since.map_or(now, |since| Millis(since as i64));
    let told = page.as_of.map(|as_of| Millis(as_of as i64));
    // What was refused before the page was told, it has been told without.
    let is_forged = standing.tried.is_some_and(|tried| told.is_none_or(|told| tried > told));
    let knows_less = found.first.is_some_and(|first| first.0 + SKEW_MS < since.0);
    Ok(Some(if is_forged {
        Cause::Forged
    } else if page.late > 0.0 {
        Cause::Late
    } else if is_lost(store, tenant, streams)? {
        Cause::Lost
    } else if was_elsewhere(store, tenant, found, told.unwrap_or(since), streams, now)? {
        Cause::OtherDevice
    } else if knows_less && told.is_none() {
        Cause::ClearedStorage
    } else {
        Cause::Unknown
    }))
}

/// Whether stages and counts are the same, as far as the page has told them.
fn agrees(playbook: &Playbook, device: &Device, page: &Page, at: Millis) -> bool {
    let Some(sight) = device.sight(playbook, at) else { return false };
    let person = playbook.of(Scope::Person);
    let same_stage = |(ladder, index): (&ripen::engine::Ladder, u16)| {
        let stage = sight.stage(Scope::Person, index).map(|(rung, _)| rung);
        page.stages.get(&*ladder.id).map(String::as_str) == stage
    };
    let same_signal = |(signal, index): (&ripen::engine::Signal, u16)| match page.signals.get(&*signal.name) {
        Some(seen) => sight.signal(Scope::Person, index) == Seen::Number(*seen),
        None => true,
    };
    person.ladders.iter().zip(0..).all(same_stage) && person.signals.iter().zip(0..).all(same_signal)
}

/// Of the page's own page load, which it names first, nothing need have come: nothing waits to be sent, so nothing has happened.
fn is_lost(store: &mut dyn Store, tenant: TenantId, streams: &[StreamId]) -> Result<bool, StoreError> {
    for (place, stream) in streams.iter().enumerate() {
        let Some((losses, _)) = store.streams().stream(tenant, stream, 0)? else {
            if place == 0 {
                continue;
            }
            return Ok(true);
        };
        if losses.missing() > 0 || losses.report.dropped.sum() > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether the user has done anything since an instant in page loads of which the page knows nothing.
fn was_elsewhere(
    store: &mut dyn Store,
    tenant: TenantId,
    found: &PersonSnapshot,
    since: Millis,
    streams: &[StreamId],
    now: Millis,
) -> Result<bool, StoreError> {
    let name = NodeName { account: false, name: found.person.clone() };
    let Some(node) = store.folds().node(tenant, &name)? else { return Ok(false) };
    let since = since.max(Millis(now.0 - REACH_MS));
    for footprint in store.folds().history(node.island, since, None, SNAPSHOT_LAG)? {
        let Some(event) = store.folds().event(footprint.position)? else { continue };
        let Ok(message) = serde_json::from_str::<Map<String, Value>>(&event.message) else { continue };
        let is_theirs = ["userId", "anonymousId"].iter().find_map(|id| message.get(*id)?.as_str());
        if !is_theirs.is_some_and(|id| found.ids.iter().any(|own| own == id)) {
            continue;
        }
        if Sequenced::of(&message).is_none_or(|at| !streams.contains(&at.stream)) {
            return Ok(true);
        }
    }
    Ok(false)
}
