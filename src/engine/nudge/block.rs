//! What holds a nudge back.

use super::limit::Outcome;

/// Why a nudge is not shown: the first reason in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Block {
    /// The user has not agreed.
    Consent,
    /// The person is one of those who see no nudges at all.
    GlobalHoldout,
    /// The person is one of those who never see this one.
    Holdout,
    /// The variant that they are in shows nothing.
    Variant,
    /// The policy forbids it while a condition holds.
    Never,
    /// Somebody of the company is to talk to them, or to somebody of their account: nothing commercial meanwhile.
    OpenLead,
    /// Too early for anything commercial.
    HelpFirst,
    /// Enough for this session.
    PerSession,
    /// Too soon after another.
    Gap,
    /// Too soon after a dismissal.
    Quiet,
    /// It is not the time for it.
    Schedule,
    /// Its own limit on an outcome.
    Limits(Outcome),
    /// Its condition or its moment does not hold.
    When,
    /// It is switched off, whatever its playbook says.
    Killed,
    /// What it is to point at is not on the page.
    Anchor,
    /// Something is on screen already.
    Slot,
}

impl Block {
    /// All, in the order in which they are asked.
    pub const ALL: [Block; 21] = [
        Block::Consent,
        Block::GlobalHoldout,
        Block::Holdout,
        Block::Variant,
        Block::Never,
        Block::OpenLead,
        Block::HelpFirst,
        Block::PerSession,
        Block::Gap,
        Block::Quiet,
        Block::Schedule,
        Block::Limits(Outcome::Shown),
        Block::Limits(Outcome::Ignored),
        Block::Limits(Outcome::Dismissed),
        Block::Limits(Outcome::Snoozed),
        Block::Limits(Outcome::Acted),
        Block::Limits(Outcome::Converted),
        Block::When,
        Block::Killed,
        Block::Anchor,
        Block::Slot,
    ];

    /// Those that say whether it is the moment for a nudge, and not who may see it.
    pub(super) const OF_THE_MOMENT: [Block; 18] = [
        Block::Consent,
        Block::Never,
        Block::OpenLead,
        Block::HelpFirst,
        Block::PerSession,
        Block::Gap,
        Block::Quiet,
        Block::Schedule,
        Block::Limits(Outcome::Shown),
        Block::Limits(Outcome::Ignored),
        Block::Limits(Outcome::Dismissed),
        Block::Limits(Outcome::Snoozed),
        Block::Limits(Outcome::Acted),
        Block::Limits(Outcome::Converted),
        Block::When,
        Block::Killed,
        Block::Anchor,
        Block::Slot,
    ];

    /// Those that end what is on screen: its moment is over. What it does to itself by being shown is none of them.
    pub(super) const ENDS: [Block; 7] = [
        Block::Consent,
        Block::Never,
        Block::OpenLead,
        Block::HelpFirst,
        Block::Schedule,
        Block::Limits(Outcome::Converted),
        Block::When,
    ];

    /// As a decision names it.
    pub const fn name(self) -> &'static str {
        match self {
            Block::Consent => "consent",
            Block::GlobalHoldout => "policy.holdout",
            Block::Holdout => "holdout",
            Block::Variant => "variant",
            Block::Never => "policy.never",
            Block::OpenLead => "policy.open_lead",
            Block::HelpFirst => "policy.help_first",
            Block::PerSession => "policy.per_session",
            Block::Gap => "policy.gap",
            Block::Quiet => "policy.quiet",
            Block::Schedule => "schedule",
            Block::Limits(Outcome::Shown) => "limits.shown",
            Block::Limits(Outcome::Ignored) => "limits.ignored",
            Block::Limits(Outcome::Dismissed) => "limits.dismissed",
            Block::Limits(Outcome::Snoozed) => "limits.snoozed",
            Block::Limits(Outcome::Acted) => "limits.acted",
            Block::Limits(Outcome::Converted) => "limits.converted",
            Block::When => "when",
            Block::Killed => "killed",
            Block::Anchor => "anchor",
            Block::Slot => "slot",
        }
    }
}
