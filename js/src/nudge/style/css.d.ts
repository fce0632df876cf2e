/** What the build makes of a style sheet: its text, without white space (js/style-text.mjs). */
declare module "*.css" {
	const text: string;
	export default text;
}
