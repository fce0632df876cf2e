//! Texts of a certain form.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::super::appearance::tables::{LANGUAGE, LONGEST};

/// A type that is a string, and looks like this.
macro_rules! text {
    ($(#[doc = $doc:literal])+ $name:ident { $($key:literal : $value:expr),* $(,)? }) => {
        $(#[doc = $doc])+
        pub(super) struct $name;

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", $($key: $value),* })
            }
        }
    };
}

text! {
    /// Any but an empty one.
    Text { "minLength": 1 }
}
text! {
    /// Words that people read.
    Said { "minLength": 1, "maxLength": LONGEST }
}
text! {
    /// A name or id.
    Id { "pattern": ID }
}
text! {
    /// A window of days or hours.
    Window { "pattern": WINDOW, "examples": ["7d", "28d", "12h"] }
}
text! {
    /// An interval in days.
    Days { "pattern": DAYS, "examples": ["7d", "14d"] }
}
text! {
    /// A length of time.
    Span { "pattern": SPAN, "examples": ["30d", "1d", "4h"] }
}
text! {
    /// A dotted path.
    Path { "pattern": PATH, "examples": ["amount", "cart.total"] }
}
text! {
    /// A trait of a person.
    UserTrait { "pattern": r"^user(\.[^.]+)+$", "examples": ["user.createdAt"] }
}
text! {
    /// A trait of a person or of an account.
    Trait { "pattern": r"^(user|account)(\.[^.]+)+$", "examples": ["user.trial_ends", "account.renews"] }
}
text! {
    /// A trait that fills a field.
    Prefill { "pattern": r"^(user|account)\.", "examples": ["user.email", "account.name"] }
}
text! {
    /// Where something leads.
    Address { "minLength": 1, "examples": ["/plans", "https://example.com", "mailto:sales@example.com"] }
}
text! {
    /// Another site.
    Away { "pattern": "^[hH][tT][tT][pP][sS]:", "examples": ["https://example.com/meet"] }
}
text! {
    /// A language, as browsers write it.
    Language { "pattern": LANGUAGE, "examples": ["en", "de-AT", "pt-BR"] }
}
text! {
    /// An instant.
    Instant {
        "pattern": r"^\d{4}-\d\d-\d\d([Tt ].+)?$",
        "examples": ["2026-03-01T09:00:00Z", "2026-03-01T09:00:00"],
    }
}

/// A name that conditions can have in a path.
pub(super) const ID: &str = r"^[^.$][^.]*$";
pub(super) const PATH: &str = r"^[^.]+(\.[^.]+)*$";
const DAYS: &str = "^([1-9][0-9]?|[1-3][0-9]{2}|400)d$";
pub(super) const WINDOW: &str = "^(([1-9][0-9]?|[1-3][0-9]{2}|400)d|([1-9][0-9]?|1[0-5][0-9]|16[0-8])h)$";
pub(super) const SPAN: &str = "^([1-9][0-9]{0,7}d|[1-9][0-9]{0,8}h)$";
