import { request } from "node:http";
import { pipeline } from "node:stream";

const collector = new URL(process.env.RIPEN_COLLECTOR ?? "http://127.0.0.1:8787");
const doors = /^\/r(\/v1\/(?:batch|forget|snapshot|playbook\/[^/?]+|killed\/[^/?]+)(?:\?.*)?)$/;

/** Hands on what is for the collector: `if (forward(request, response)) return;`. Whether it was. */
export function forward(incoming, response) {
	const [, path] = doors.exec(incoming.url) ?? [];
	if (!path) return false;
	const { cookie, connection, ...headers } = incoming.headers;
	const { method } = incoming;
	const passed = request(new URL(path, collector), { method, headers: { ...headers, host: collector.host } });
	passed.on("response", (answer) => {
		response.writeHead(answer.statusCode, answer.headers);
		pipeline(answer, response, () => {});
	});
	pipeline(incoming, passed, (error) => {
		if (error && !response.headersSent) response.writeHead(502).end();
	});
	return true;
}
