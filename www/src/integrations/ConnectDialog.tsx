import { useEffect, useState } from "preact/hooks";
import { connect } from "../backend/connections";
import { useSession } from "../backend/session";
import { Dialog } from "../ui/Dialog";
import { Field } from "../ui/Field";
import { Form } from "../ui/Form";
import type { ServiceText } from "./services";

/** How long the other side takes to answer, in a demonstration. */
const ANSWER = 700;

/** What an OAuth screen asks: what is allowed, and where. Nothing outside the browser is connected. */
export function ConnectDialog({ text, onClose }: { text: ServiceText; onClose: () => void }) {
	const { workspace } = useSession();
	const [target, setTarget] = useState<string | undefined>();

	// Asking goes on while the dialog is open; who closes it has changed their mind.
	useEffect(() => {
		if (target === undefined) return;
		const timer = setTimeout(() => {
			onClose();
			connect(workspace, text.service, target);
		}, ANSWER);
		return () => clearTimeout(timer);
	}, [target]);

	return (
		<Dialog title={`Connect ${text.name}`} onClose={onClose}>
			<Form onSubmit={(field) => setTarget(field("target"))}>
				<p>Cairn would like to:</p>
				<ul class="asks">
					{text.asks.map((ask) => (
						<li key={ask}>{ask}</li>
					))}
				</ul>
				<Field label={text.choose}>
					{({ id }) => (
						<select id={id} name="target">
							{text.choices.map((choice) => (
								<option key={choice}>{choice}</option>
							))}
						</select>
					)}
				</Field>
				<p class="note">A demonstration: no account of yours is touched.</p>
				<div class="form-actions">
					<button type="button" class="button" onClick={onClose}>
						Cancel
					</button>
					<button type="submit" class="button button-main" disabled={target !== undefined}>
						{target === undefined ? "Allow and connect" : "Connecting…"}
					</button>
				</div>
			</Form>
		</Dialog>
	);
}
