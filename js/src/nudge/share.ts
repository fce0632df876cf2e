import { element } from "./element.js";
import type { Frame } from "./frame.js";
import { safeUrl } from "./safe-url.js";
import type { Words } from "./words.js";

/** Where it is read nothing can be pressed: the addresses of its links stand below. */
const said = (wording: Words) =>
	["title", "body"].map((name) => {
		const links = element("p", {}, ...wording.rich("share", name)).querySelectorAll("a");
		return [wording.text("share", name), ...links].join("\n");
	});

/** A mail with what there is to tell, addressed to nobody yet. */
export function mailOf(wording: Words): URL | undefined {
	// Lines end so in mails (RFC 6068).
	const [subject, body] = said(wording).map((text) => encodeURIComponent(text.replace(/\r?\n/g, "\r\n")));
	return safeUrl(`mailto:?subject=${subject}&body=${body}`);
}

/** The same on the clipboard. The button says so, and who does not see it is told; the nudge stays, so that that can be seen. */
export async function copy(
	{ wording, page, nudge, settle, say }: Frame,
	action: string,
	pressed: HTMLElement,
): Promise<false> {
	const all = said(wording).join("\n\n");
	try {
		await navigator.clipboard.writeText(all);
		settle("acted", { action });
		pressed.textContent = wording.text("copied") || "✓";
		say(pressed.textContent);
	} catch (error) {
		page.warn("nudge_share_failed", `${nudge.id}: ${error}`);
		// Then by hand.
		const text = element("textarea", {
			part: "input",
			readonly: true,
			"aria-label": wording.text("share", "title"),
		});
		text.value = all;
		if (!pressed.nextElementSibling?.matches("textarea")) pressed.after(text);
		text.select();
	}
	return false;
}
