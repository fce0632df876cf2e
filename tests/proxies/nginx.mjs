// nginx with the configuration of the guide, on a port of its own, for as long as a test.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** Where it is, if it is: Debian has it where only root looks. */
export const nginx = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin"]
	.map((folder) => join(folder, "nginx"))
	.find((path) => existsSync(path));

async function freePort() {
	const server = createServer().listen(0, "127.0.0.1");
	await once(server, "listening");
	const { port } = server.address();
	server.close();
	await once(server, "close");
	return port;
}

const isThere = (origin) =>
	fetch(origin).then(
		() => true,
		() => false,
	);

export async function startNginx(t, collector) {
	const folder = mkdtempSync(join(tmpdir(), "ripen-nginx-"));
	const location = readFileSync(new URL("../../www/examples/proxy/nginx.conf", import.meta.url), "utf8");
	if (!location.includes("http://127.0.0.1:8787")) throw new Error("the example names no collector");
	const port = await freePort();
	writeFileSync(
		join(folder, "nginx.conf"),
		`daemon off; master_process off; worker_processes 1; pid ${folder}/pid; error_log stderr crit;
events { worker_connections 64; }
http {
	access_log off;
	client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/f;
	uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
	server { listen 127.0.0.1:${port}; ${location.replace("http://127.0.0.1:8787", collector)} }
}`,
	);
	const child = spawn(nginx, ["-p", folder, "-c", join(folder, "nginx.conf"), "-e", "stderr"], {
		stdio: ["ignore", "ignore", "pipe"],
	});
	let said = "";
	child.stderr.on("data", (chunk) => {
		said += chunk;
	});
	const gone = once(child, "exit");
	t.after(async () => {
		child.kill();
		await gone;
		rmSync(folder, { recursive: true, force: true });
	});
	const origin = `http://127.0.0.1:${port}`;
	const end = Date.now() + 60_000;
	while (!(await isThere(origin))) {
		if (child.exitCode !== null || Date.now() > end) throw new Error(`nginx did not start: ${said}`);
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
	return origin;
}
