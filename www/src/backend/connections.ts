import { clock } from "../clock/clock";
import { tell } from "../signals";
import type { Service, Workspace } from "./model";
import { revise } from "./records";

export function connect(workspace: Workspace, service: Service, target: string): void {
	revise(workspace.id, ({ connections }) => ({
		connections: { ...connections, [service]: { target, since: clock.now() } },
	}));
	tell("integration_connected", { integration: service });
}

export function disconnect(workspace: Workspace, service: Service): void {
	revise(workspace.id, ({ connections }) => {
		const { [service]: _, ...rest } = connections;
		return { connections: rest };
	});
}
