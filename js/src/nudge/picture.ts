import { element } from "./element.js";
import type { Page } from "./frame.js";
import { own } from "./own.js";
import { safeUrl } from "./safe-url.js";
import type { Words } from "./words.js";

/** A picture, of the page's own origin or one that the host allows; its place is kept while it loads. */
export function pictureOf(wording: Words, page: Page): HTMLElement | undefined {
	const image = wording.get("image");
	const url = safeUrl(own(image, "src"));
	if (!url) return;
	if (!page.mayLoad(url)) return void page.warn("nudge_image_refused", url.origin);
	const [width, height] = ["width", "height"].map((name) => Number(own(image, name)) || undefined);
	return element("img", {
		part: "image",
		loading: "lazy",
		referrerpolicy: "no-referrer",
		width,
		height,
		alt: wording.text("image", "alt"),
		src: url.href,
	});
}
