import type { Face } from "./keeper.js";

/** The nudge that this page is opened to look at, where the host allows that. */
export const previewed = ({ settings }: Pick<Face, "settings">): string | undefined =>
	(settings.preview && new URLSearchParams(location.search).get("ripen_preview")) || undefined;
