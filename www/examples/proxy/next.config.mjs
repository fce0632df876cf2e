const collector = process.env.RIPEN_COLLECTOR ?? "http://127.0.0.1:8787";
const doors = ["batch", "forget", "snapshot", "playbook/:key", "killed/:key"];

export default {
	async rewrites() {
		return doors.map((door) => ({ source: `/r/v1/${door}`, destination: `${collector}/v1/${door}` }));
	},
};
