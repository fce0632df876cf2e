//! One message: an event of the log, or the reason why not.

use ripen::engine::parse_timestamp;
use ripen::replay::format_timestamp;
use serde_json::{Map, Value};

use super::denied::{Denied, take_out_address};
use super::{Raw, SharedContext, mint, scan};
use crate::clock::Millis;
use crate::leads::{self, LeadDraft};
use crate::limits;
use crate::store::{Claim, Entry};
use crate::stream::Sequenced;

/// What belongs to all messages of a request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arrival<'a> {
    /// Which request of this run of the collector.
    pub(crate) request: u64,
    /// The type of a message that says none: that of the door.
    pub(crate) kind: Option<&'static str>,
    /// When it came.
    pub(crate) received: Millis,
    /// When the client sent it, by the client's clock.
    pub(crate) sent: Option<Millis>,
    /// Written once for all.
    pub(crate) context: &'a SharedContext,
    /// What is never kept.
    pub(crate) denied: &'a Denied,
    /// What happened before it is too old to be kept.
    pub(crate) horizon: Option<Millis>,
    /// By how much the client's clock is ahead, where that is to be corrected.
    pub(crate) ahead: Option<i64>,
}

/// By how much a clock is ahead that has sent before now, if that is too much to be the truth. One that is behind cannot be
/// told from a message that was long on its way.
pub(crate) fn ahead(sent: Option<Millis>, received: Millis) -> Option<i64> {
    let by = sent?.0.saturating_sub(received.0);
    (by > limits::CLOCK_AHEAD_MS).then_some(by)
}

/// A message that is kept.
#[derive(Debug, PartialEq)]
pub(crate) struct Message {
    pub(crate) entry: Entry,
    /// Its place in its stream, if it has one.
    pub(crate) sequenced: Option<Sequenced>,
    /// How much was taken out of it, since it is denied.
    pub(crate) denied: u64,
    /// Who is to be talked to, if it says so.
    pub(crate) lead: Option<LeadDraft>,
    /// By what its user is to be believed.
    pub(crate) signature: Option<String>,
    /// The id that it would join to its user, were it an alias: whatever it is, it names somebody.
    pub(crate) joined: Option<String>,
    /// The accounts that it names, if any.
    pub(crate) claim: Option<Claim>,
}

/// A message that is not kept, and why.
#[derive(Debug, PartialEq)]
pub(crate) struct Refused {
    /// If it has one.
    pub(crate) message_id: Option<String>,
    /// For programs; stable.
    pub(crate) code: &'static str,
    /// For people.
    pub(crate) message: String,
}

/// The code of an event that is too large.
pub(crate) const TOO_LARGE: &str = "event_too_large";

/// Reads a message, which has this place in its request. It is kept as the text that came, on one line and without
/// signatures, unless something has to be written into it (an id, a type, a time, a batch's context), there is something
/// in it that is not kept, or a key stands twice: then as that text with, or without, these.
///
/// A `type` that is not known is kept: it may be one of tomorrow's, and for today's engine it is an event without a
/// name.
pub(crate) fn read_message(raw: Raw<'_>, index: usize, arrival: Arrival<'_>) -> Result<Message, Refused> {
    let Raw { text, usual } = raw;
    let usual = usual.filter(|_| arrival.ahead.is_none());
    let plain = usual.and_then(|usual| usual.message(text, arrival));
    plain.map_or_else(|| read_whole(text, index, arrival), Ok)
}

/// Likewise, whatever it may be.
pub(super) fn read_whole(raw: &str, index: usize, arrival: Arrival<'_>) -> Result<Message, Refused> {
    let mut message = object(raw)?;
    let message_id = id(&message, "messageId");
    let refuse = |code, text: String| Refused { message_id: message_id.clone(), code, message: text };
    let too_large = |bytes: usize, what: &str| {
        let text = format!("the event has {bytes} bytes{what}; at most {} are taken", limits::EVENT_BYTES);
        refuse(TOO_LARGE, text)
    };
    if raw.len() > limits::EVENT_BYTES {
        return Err(too_large(raw.len(), ""));
    }
    let nameless = is_absent(&message, "messageId");
    if message_id.is_none() && !nameless {
        return Err(refuse("no_message_id", must_be_text("messageId", &message)));
    }
    let (user_id, anonymous_id) = (id(&message, "userId"), id(&message, "anonymousId"));
    if user_id.is_none() && anonymous_id.is_none() {
        return Err(refuse("no_person", NOBODY.to_owned()));
    }
    let typed = match arrival.kind.filter(|_| is_absent(&message, "type")) {
        Some(kind) => message.insert("type".to_owned(), Value::String(kind.to_owned())).is_none(),
        None => false,
    };
    if id(&message, "type").is_none() {
        return Err(refuse("no_type", must_be_text("type", &message)));
    }
    // Where the key may be a secret one, it must not be read in an export.
    let unlocked = message.shift_remove("writeKey").is_some();
    let minted = nameless.then(|| mint(&message, index, arrival));
    let (happened, stamped) = stamp(&mut message, arrival).map_err(|text| refuse("bad_timestamp", text))?;
    if arrival.horizon.is_some_and(|horizon| happened < horizon) {
        let text = "it happened longer ago than events are kept here".to_owned();
        return Err(refuse("too_old", text));
    }
    let moved = traits_in_place(&mut message);
    let merged = arrival.context.write_into(&mut message);
    if let Some(id) = &minted {
        message.insert("messageId".to_owned(), Value::String(id.clone()));
    }
    // What is to be measured by and what is denied may be the same; addresses are nobody's property.
    let sequenced = Sequenced::of(&message);
    let joined = id(&message, "previousId");
    let signature = take_signature(&mut message, "signature");
    let of_member = take_signature(&mut message, "groupSignature");
    let cut = signature.as_deref().and_then(|signature| without_signature(raw, signature));
    let addressed = take_out_address(&mut message);
    let denied = arrival.denied.take_out(&mut message);
    let person = user_id.as_ref().or(anonymous_id.as_ref());
    let changed_by_member = of_member.is_some();
    let claim = claim(&message, of_member);
    let lead = leads::found(&message, message_id.as_ref().or(minted.as_ref()), person, happened);
    let amended = moved || typed || unlocked || minted.is_some() || stamped || merged;
    let changed = amended || changed_by_member || addressed || denied > 0;
    // What was decided on here is the last of each key; no other may be read from what is kept.
    let changed = changed || scan::is_ambiguous(raw);
    let text = match (changed, cut, &signature) {
        (false, Some(cut), _) => one_line(&cut),
        (false, None, None) => one_line(raw),
        _ => Value::Object(message).to_string(),
    };
    if merged && text.len() > limits::EVENT_BYTES {
        return Err(too_large(text.len(), " together with the batch's `context`"));
    }
    let message_id = message_id.or(minted).unwrap_or_default();
    let entry = Entry { message_id, user_id, anonymous_id, happened, message: text };
    Ok(Message { entry, sequenced, denied, lead, signature, joined, claim })
}

/// RudderStack's clients have the traits of an `identify` in its context only. Says whether they had to be written where
/// Segment's spec has them.
fn traits_in_place(message: &mut Map<String, Value>) -> bool {
    if !is_absent(message, "traits") || message.get("type").and_then(Value::as_str) != Some("identify") {
        return false;
    }
    let found =
        message.get("context").and_then(|context| context.get("traits")).filter(|traits| traits.is_object());
    let Some(traits) = found.cloned() else { return false };
    message.insert("traits".to_owned(), traits);
    true
}

/// The accounts that it names, as the fold will read them.
fn claim(message: &Map<String, Value>, signature: Option<String>) -> Option<Claim> {
    let is_group = message.get("type").and_then(Value::as_str) == Some("group");
    let group = id(message, "groupId").filter(|_| is_group);
    let context =
        message.get("context").and_then(Value::as_object).and_then(|context| id(context, "groupId"));
    (group.is_some() || context.is_some()).then_some(Claim { group, context, signature })
}

/// Who reads the log must not be able to sign: a signature goes its own way.
fn take_signature(message: &mut Map<String, Value>, name: &str) -> Option<String> {
    let context = message.get_mut("context")?.as_object_mut()?;
    context.get(name)?.as_str()?;
    match context.shift_remove(name) {
        Some(Value::String(signature)) => Some(signature),
        _ => None,
    }
}

/// The very text that came, but for the signature; none where it stands in another way than our own pages write it.
pub(super) fn without_signature(raw: &str, signature: &str) -> Option<String> {
    if !signature.bytes().all(|sign| sign.is_ascii_hexdigit()) {
        return None;
    }
    let member = format!(",\"signature\":\"{signature}\"");
    let (before, after) = raw.split_once(&member)?;
    // There may be one of this name elsewhere, too, and the one that counts may be spelt in another way, which only
    // escaped letters and digits do.
    let spelt = raw.split("\\u00").skip(1).any(|rest| rest.starts_with(['3', '4', '6', '7']));
    let is_alone = !spelt && !after.contains(signature) && !before.contains(signature);
    is_alone.then(|| [before, after].concat())
}

fn object(raw: &str) -> Result<Map<String, Value>, Refused> {
    let refuse = |code, message| Err(Refused { message_id: None, code, message });
    match serde_json::from_str(raw) {
        Ok(Value::Object(message)) => Ok(message),
        Ok(_) => refuse("not_an_object", "an event is a JSON object".to_owned()),
        // Half a surrogate pair, a number beyond a double, or nested too deeply: the batch as a whole was JSON.
        Err(error) => refuse("not_json", format!("the event cannot be read: {error}")),
    }
}

/// Who is neither known by name nor by an anonymous id.
pub(crate) const NOBODY: &str = "neither `userId` nor `anonymousId` is a string that is not empty";

/// An id is a string that is not empty.
pub(super) fn id(message: &Map<String, Value>, field: &str) -> Option<String> {
    message.get(field)?.as_str().filter(|id| !id.is_empty()).map(str::to_owned)
}

fn is_absent(message: &Map<String, Value>, field: &str) -> bool {
    matches!(message.get(field), None | Some(Value::Null))
}

fn must_be_text(field: &str, message: &Map<String, Value>) -> String {
    let found = match message.get(field) {
        None | Some(Value::Null) => "there is none",
        Some(Value::String(_)) => "it is empty",
        Some(_) => "it is something else",
    };
    format!("`{field}` must be a string that is not empty; {found}")
}

/// When it happened, and whether that had to be written into the message.
fn stamp(message: &mut Map<String, Value>, arrival: Arrival<'_>) -> Result<(Millis, bool), String> {
    let time_of = |field| message.get(field).and_then(Value::as_str).and_then(parse_timestamp);
    if !is_absent(message, "timestamp") {
        let unreadable = "`timestamp` must be RFC 3339 with a zone, for example 2024-01-31T23:59:59.999Z";
        let told = time_of("timestamp").ok_or_else(|| unreadable.to_owned())?;
        // Where both are there, somebody has corrected it on the way.
        let ahead = arrival.ahead.filter(|_| is_absent(message, "originalTimestamp"));
        let right = ahead.map(|by| Millis(told.0.saturating_sub(by)));
        let Some((right, text)) = right.and_then(|right| Some((right, written(right)?))) else {
            return Ok((told, false));
        };
        let original = message.insert("timestamp".to_owned(), Value::String(text));
        message.insert("originalTimestamp".to_owned(), original.unwrap_or_default());
        return Ok((right, true));
    }
    // As Segment does: the client's clock may be wrong, but its error cancels out in the difference.
    let happened = match (time_of("originalTimestamp"), arrival.sent.or_else(|| time_of("sentAt"))) {
        (Some(original), Some(sent)) => {
            Millis(arrival.received.0.saturating_sub(sent.0.saturating_sub(original.0)))
        }
        (Some(original), None) => original,
        (None, _) => arrival.received,
    };
    let (time, text) = [happened, arrival.received]
        .into_iter()
        .find_map(|time| Some((time, written(time)?)))
        .ok_or("there is no `timestamp`, and the time of receipt cannot be written")?;
    message.insert("timestamp".to_owned(), Value::String(text));
    Ok((time, true))
}

/// A time as text; none for years that RFC 3339 has no digits for.
fn written(time: Millis) -> Option<String> {
    let text = format_timestamp(time);
    (parse_timestamp(&text) == Some(time)).then_some(text)
}

/// The log is exported as a line for each event. Within a string a line break is escaped, so what is replaced here
/// stands between tokens.
pub(super) fn one_line(raw: &str) -> String {
    match memchr::memchr2(b'\n', b'\r', raw.as_bytes()) {
        Some(_) => raw.replace(['\n', '\r'], " "),
        None => raw.to_owned(),
    }
}

#[cfg(test)]
mod tests;
