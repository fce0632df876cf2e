import { useState } from "preact/hooks";
import { disconnect } from "../backend/connections";
import { useSession } from "../backend/session";
import { longDate } from "../clock/days";
import { PageHead } from "../ui/PageHead";
import { ConnectDialog } from "./ConnectDialog";
import { ServiceMark } from "./ServiceMark";
import { type ServiceText, services } from "./services";

export function Integrations() {
	const { workspace } = useSession();
	const [connecting, setConnecting] = useState<ServiceText | undefined>();
	return (
		<>
			<PageHead title="Integrations" lead="Let the tools you have already know what happens here." />
			<ul class="service-grid">
				{services.map((text) => {
					const connection = workspace.connections[text.service];
					return (
						<li key={text.service} class="card service">
							<ServiceMark service={text.service} />
							<h2>{text.name}</h2>
							<p class="service-about quiet">
								{connection
									? `${text.linked} ${connection.target} since ${longDate(connection.since)}.`
									: text.about}
							</p>
							{connection ? (
								<div class="service-state">
									<span class="tag tag-good">Connected</span>
									<button
										type="button"
										class="button button-quiet"
										aria-label={`Disconnect ${text.name}`}
										onClick={() => disconnect(workspace, text.service)}
									>
										Disconnect
									</button>
								</div>
							) : (
								<button
									type="button"
									class="button"
									aria-label={`Connect ${text.name}`}
									onClick={() => setConnecting(text)}
								>
									Connect
								</button>
							)}
						</li>
					);
				})}
			</ul>
			{connecting && <ConnectDialog text={connecting} onClose={() => setConnecting(undefined)} />}
		</>
	);
}
