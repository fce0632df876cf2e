// Style sheets are written as such, and reach the page as text without white space: a shadow root constructs them (C26).
import { readFile } from "node:fs/promises";
import { transform } from "esbuild";

/** What is left after esbuild, which leaves values of custom properties, and what stands in for them, as they are. */
const spaces = / ?(\/) ?|([,:]) /g;

/** The plugin of esbuild by which `import text from "./some.css"` is that text. */
export const styleText = {
	name: "style-text",
	setup({ onLoad }) {
		onLoad({ filter: /\.css$/ }, async ({ path }) => {
			const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true });
			return { contents: code.trim().replace(spaces, "$1$2"), loader: "text" };
		});
	},
};
