/** What the build makes of a module within a script: its bytes as base64. */
declare module "*.wasm" {
	const base64: string;
	export default base64;
}
