import { useState } from "preact/hooks";
import { askForProject, createProject } from "../backend/projects";
import { useSession } from "../backend/session";
import { projectAddress } from "../routing/route";
import { Dialog } from "../ui/Dialog";
import { Field } from "../ui/Field";
import { Form } from "../ui/Form";
import { LimitNotice } from "./LimitNotice";

type Step = "none" | "naming" | "full";

interface Creation {
	step: Step;
	begin: () => void;
	end: () => void;
}

/** The way to a new project: a name, or the plan's limit. */
export function useNewProject(): Creation {
	const { workspace } = useSession();
	const [step, setStep] = useState<Step>("none");
	return {
		step,
		begin: () => setStep(askForProject(workspace) ? "naming" : "full"),
		end: () => setStep("none"),
	};
}

export function NewProject({ creation }: { creation: Creation }) {
	const { workspace } = useSession();
	if (creation.step === "full") return <LimitNotice onClose={creation.end} />;
	if (creation.step === "none") return null;

	const submit = (text: (name: string) => string) => {
		const project = createProject(workspace, text("name"));
		creation.end();
		location.hash = projectAddress(project.id);
	};

	return (
		<Dialog title="New project" onClose={creation.end}>
			<Form onSubmit={submit}>
				<Field label="Project name" hint="What it is called among you. It can be changed later.">
					{({ id, describedBy }) => (
						<input
							id={id}
							name="name"
							required
							maxLength={60}
							pattern=".*\S.*"
							autocomplete="off"
							aria-describedby={describedBy}
						/>
					)}
				</Field>
				<div class="form-actions">
					<button type="button" class="button" onClick={creation.end}>
						Cancel
					</button>
					<button type="submit" class="button button-main">
						Create project
					</button>
				</div>
			</Form>
		</Dialog>
	);
}
