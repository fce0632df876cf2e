//! `export`: the log as NDJSON, in order of receipt, as `npx ripen replay` reads it.

use std::borrow::Cow;
use std::io::Write;

use serde_json::{Map, Value, json};

use super::{PrintError, each, tenant_of};
use crate::identity::{Trust, Verdict};
use crate::limits::PAGE;
use crate::store::{Position, Store, Stored};

/// Writes a tenant's events, a line each. The key may be left out where there is only one tenant.
///
/// # Errors
/// See [`PrintError`].
pub fn export(
    store: &mut dyn Store,
    write_key: Option<&str>,
    out: &mut impl Write,
) -> Result<(), PrintError> {
    let Some(tenant) = tenant_of(store, write_key)? else { return Ok(()) };
    let read = |after: &Position| store.log().read(tenant, *after, PAGE);
    each(Position::START, |event| event.position, read, |event| Ok(writeln!(out, "{}", line(event))?))?;
    Ok(out.flush()?)
}

/// The message as the fold takes it: one that was refused names no user, and an outsider's no account (nor has it traits of
/// one), so that a replay comes to the same; whom it had named stands in its context. Of one that is signed the context
/// says so.
pub(crate) fn line(event: &Stored) -> Cow<'_, str> {
    let message = &event.entry.message;
    // What a sender says of its own trust is worth nothing.
    let Verdict { trust, outsider } = event.verdict;
    if !outsider && trust < Trust::Signed && !message.contains("\"trust\"") {
        return Cow::Borrowed(message);
    }
    let Ok(mut object) = serde_json::from_str::<Map<String, Value>>(message) else {
        return Cow::Borrowed(message);
    };
    let trust = match trust {
        Trust::Nobody | Trust::Word => None,
        Trust::Signed => Some(json!("signed")),
        Trust::Refused => Some(json!({"refused": object.shift_remove("userId")})),
        Trust::Stranger => {
            let ids = ["userId", "anonymousId", "previousId"];
            let named = ids.map(|id| object.shift_remove(id)).into_iter().flatten();
            Some(json!({"refused": named.collect::<Vec<_>>()}))
        }
    };
    let trust = if outsider { Some(outside(&mut object, trust)) } else { trust };
    let context = object.entry("context").or_insert(Value::Null);
    if !context.is_object() && trust.is_some() {
        *context = json!({});
    }
    if let Value::Object(context) = context {
        context.shift_remove("trust");
        context.extend(trust.map(|trust| ("trust".to_owned(), trust)));
    }
    Cow::Owned(Value::Object(object).to_string())
}

/// Takes the accounts out, and says so beside what is said of the user.
fn outside(object: &mut Map<String, Value>, user: Option<Value>) -> Value {
    if object.get("type").and_then(Value::as_str) == Some("group") {
        object.shift_remove("traits");
    }
    let context = object.get_mut("context").and_then(Value::as_object_mut);
    let within = context.and_then(|context| context.shift_remove("groupId"));
    let named: Vec<Value> = object.shift_remove("groupId").into_iter().chain(within).collect();
    let mut said = match user {
        Some(Value::Object(said)) => said,
        signed => signed.map(|_| ("signed".to_owned(), Value::Bool(true))).into_iter().collect(),
    };
    said.insert("outside".to_owned(), Value::Array(named));
    Value::Object(said)
}
