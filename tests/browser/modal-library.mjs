// An overlay as the field's libraries make them (focus-trap, aria-hidden, body-scroll-lock together): for pages of tests.

/** Runs in the page: `openOverlay()` opens one and returns what closes it. It knows no top layer, only the highest z-index. */
export function modalLibrary() {
	window.openOverlay = () => {
		const { body } = document;
		const before = document.activeElement;
		const overlay = document.createElement("div");
		overlay.id = "overlay";
		overlay.setAttribute("role", "dialog");
		overlay.setAttribute("aria-modal", "true");
		overlay.setAttribute("aria-label", "Of the host");
		overlay.style = "position: fixed; inset: 0; z-index: 2147483647; background: white";
		for (const name of ["first", "last"])
			overlay.append(Object.assign(document.createElement("button"), { textContent: name }));
		const [first, last] = overlay.children;
		// All else is away: hidden from readers, and inert.
		const others = [...body.children].filter(({ localName }) => localName !== "script");
		for (const other of others) {
			other.setAttribute("aria-hidden", "true");
			other.inert = true;
		}
		body.append(overlay);
		// Nothing scrolls below it.
		const scrolled = scrollY;
		Object.assign(body.style, {
			position: "fixed",
			top: `-${scrolled}px`,
			overflow: "hidden",
			width: "100%",
		});
		window.pulled = 0;
		const within = (node) => overlay.contains(node);
		const pull = (event) => {
			if (within(event.target)) return;
			window.pulled++;
			event.stopImmediatePropagation();
			first.focus();
		};
		const turn = (event) => {
			if (event.key !== "Tab") return;
			event.preventDefault();
			(document.activeElement === first ? last : first).focus();
		};
		const refuse = (event) => {
			if (within(event.target)) return;
			event.preventDefault();
			event.stopImmediatePropagation();
		};
		const listeners = { focusin: pull, keydown: turn, mousedown: refuse, touchstart: refuse, click: refuse };
		for (const [name, listener] of Object.entries(listeners))
			document.addEventListener(name, listener, { capture: true, passive: false });
		first.focus();
		return () => {
			for (const [name, listener] of Object.entries(listeners))
				document.removeEventListener(name, listener, { capture: true });
			for (const other of others) {
				other.removeAttribute("aria-hidden");
				other.inert = false;
			}
			overlay.remove();
			Object.assign(body.style, { position: "", top: "", overflow: "", width: "" });
			scrollTo(0, scrolled);
			before?.focus();
		};
	};
}
