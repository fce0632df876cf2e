//! `placement`: what kind of thing is drawn, and where.

use super::super::fields::{Fields, Names};
use super::super::moments::choice;
use super::super::near::list;
use super::super::source::{Node, Source};
use super::anchor;

pub(in crate::playbook) const PLACEMENT: Names =
    Names::of(&["kind", "position", "anchor", "side", "wait", "seconds", "slot"]);
/// How long a toast stays: long enough to be read, and a minute at most.
pub(in crate::playbook) const TOAST_SECONDS: (i32, i32) = (3, 60);

/// What is drawn, by its shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::playbook) enum Kind {
    Banner,
    Modal,
    SlideOut,
    Toast,
    Tooltip,
    Hotspot,
    Checklist,
    Slot,
    Tour,
    Ask,
    Headless,
}

pub(in crate::playbook) const KINDS: [(&str, Kind); 11] = [
    ("banner", Kind::Banner),
    ("modal", Kind::Modal),
    ("slide_out", Kind::SlideOut),
    ("toast", Kind::Toast),
    ("tooltip", Kind::Tooltip),
    ("hotspot", Kind::Hotspot),
    ("checklist", Kind::Checklist),
    ("slot", Kind::Slot),
    ("tour", Kind::Tour),
    ("ask", Kind::Ask),
    ("headless", Kind::Headless),
];

/// Of all kinds.
const POSITIONS: [(&str, ()); 5] = [("bottom", ()), ("top", ()), ("inline", ()), ("end", ()), ("start", ())];

impl Kind {
    /// As a playbook writes it.
    pub(in crate::playbook) fn name(self) -> &'static str {
        KINDS.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }

    /// Where it may be; the first is the default. None: it has one place.
    pub(in crate::playbook) const fn positions(self) -> &'static [(&'static str, ())] {
        match self {
            Kind::Banner => &[("bottom", ()), ("top", ()), ("inline", ())],
            Kind::Toast => &[("bottom", ()), ("top", ())],
            Kind::SlideOut | Kind::Checklist => &[("end", ()), ("start", ())],
            Kind::Ask => &[("end", ()), ("start", ()), ("bottom", ())],
            _ => &[],
        }
    }

    /// What else it may say.
    pub(in crate::playbook) const fn takes(self) -> &'static [&'static str] {
        match self {
            Kind::Banner => &["position", "anchor"],
            Kind::Toast => &["position", "seconds"],
            Kind::SlideOut | Kind::Checklist | Kind::Ask => &["position"],
            Kind::Tooltip | Kind::Hotspot => &["anchor", "side", "wait"],
            Kind::Slot => &["slot", "wait"],
            Kind::Modal | Kind::Tour | Kind::Headless => &[],
        }
    }

    /// What it has to say.
    pub(in crate::playbook) const fn needs(self) -> Option<&'static str> {
        match self {
            Kind::Tooltip | Kind::Hotspot => Some("anchor"),
            Kind::Slot => Some("slot"),
            _ => None,
        }
    }

    /// Whether the fields of a form are drawn in it at once.
    pub(super) const fn has_room_for_fields(self) -> bool {
        matches!(self, Kind::Modal | Kind::SlideOut | Kind::Headless)
    }
}

/// Reads it.
pub(super) fn read(source: &Source<'_>, node: Node<'_>) -> Option<Kind> {
    let fields = Fields::read(source, node, "a placement", &PLACEMENT)?;
    let kind = fields.require(source, "kind", "a placement").and_then(|node| choice(source, node, &KINDS));
    let what = format!("the placement `{}`", kind.map_or("", Kind::name));
    for (property, value) in fields.entries() {
        let name = property.name.as_str();
        match name {
            "kind" => {}
            name if !PLACEMENT.known.contains(&name) => {}
            name if kind.is_some_and(|kind| !kind.takes().contains(&name)) => {
                let may = kind.map_or(&[][..], Kind::takes);
                let hint = (!may.is_empty()).then(|| format!("it may have {}", list(may)));
                source.wrong_name(property, format!("{what} has no `{name}`"), hint);
            }
            "position" => drop(choice(source, value, kind.map_or(&POSITIONS[..], Kind::positions))),
            "seconds" => drop(source.integer(value, TOAST_SECONDS.0, TOAST_SECONDS.1)),
            "slot" => drop(source.string(value, "the name of a slot, as in <ripen-slot name=\"…\">")),
            _ => anchor::read(source, name, value),
        }
    }
    let kind = kind?;
    if let Some(name) = kind.needs() {
        fields.require(source, name, &what);
    }
    if kind == Kind::Banner {
        inline(source, &fields);
    }
    Some(kind)
}

/// A banner within the page stands in an element of it, and no other does.
fn inline(source: &Source<'_>, fields: &Fields<'_>) {
    let position = fields.get("position").and_then(|node| node.as_string_lit());
    let is_inline = position.is_some_and(|text| text.value == "inline");
    match fields.get("anchor") {
        None if is_inline => {
            let hint = "a selector: it is put at the beginning of that element";
            source.wrong(fields.node, "a banner `inline` needs `anchor`, and has none", Some(hint.into()));
        }
        Some(node) if !is_inline => {
            let hint =
                "it is along an edge of the window; say `\"position\": \"inline\"` to put it into the page";
            source.wrong(node, "only a banner that is `inline` has an `anchor`", Some(hint.into()));
        }
        _ => {}
    }
}
