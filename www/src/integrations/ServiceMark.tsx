import type { Service } from "../backend/model";

/** Stand-ins for the services' own marks, which are theirs. */
const shapes: Record<Service, string> = {
	slack: "M11 4 9 20M16 4l-2 16M4.5 9h16M3.5 15h16",
	github:
		"M7 3.5v11M7 20.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM17 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM17 9.5c0 4.5-6 3.5-8.5 6",
	calendar: "M4 5.5h16v15H4zM4 10h16M8.5 3v4.5M15.5 3v4.5M8 14h3M8 17h6",
};

export function ServiceMark({ service }: { service: Service }) {
	return (
		<svg class="service-mark" viewBox="0 0 24 24" aria-hidden="true">
			<path d={shapes[service]} />
		</svg>
	);
}
