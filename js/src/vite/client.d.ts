/** A playbook as `init` takes it, compiled by the plugin of `ripen/vite`. */
declare module "*.json?ripen" {
	const playbook: string | Uint8Array;
	export default playbook;
}
