const doors = /^\/r(\/v1\/(?:batch|forget|snapshot|playbook\/[^/]+|killed\/[^/]+))$/;

export default {
	async fetch(request, { RIPEN_COLLECTOR }) {
		const { pathname, search } = new URL(request.url);
		const [, path] = doors.exec(pathname) ?? [];
		if (!path) return new Response("not found", { status: 404 });
		const headers = new Headers(request.headers);
		for (const name of ["cookie", "host"]) headers.delete(name);
		return fetch(RIPEN_COLLECTOR + path + search, {
			method: request.method,
			headers,
			// As it came: a batch may be packed, and no header says so.
			body: request.method === "POST" ? await request.arrayBuffer() : undefined,
		});
	},
};
