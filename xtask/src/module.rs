//! The two modules that are built from the one crate.

/// A WebAssembly module of the npm package.
#[derive(Clone, Copy)]
pub(crate) enum Module {
    /// What a page loads: engine and delivery.
    Page,
    /// What the command line and the console load: check, compile, replay.
    Toolkit,
}

impl Module {
    /// As it is called on the command line and in messages.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Toolkit => "toolkit",
        }
    }

    /// The stem of its files in `js/dist/wasm`.
    pub(crate) fn stem(self) -> &'static str {
        match self {
            Self::Page => "ripen",
            Self::Toolkit => "toolkit",
        }
    }

    /// The feature of the crate that turns its exports on.
    pub(crate) fn feature(self) -> &'static str {
        match self {
            Self::Page => "browser",
            Self::Toolkit => "toolkit",
        }
    }
}
