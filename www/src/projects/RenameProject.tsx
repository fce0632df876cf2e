import type { Project } from "../backend/model";
import { renameProject } from "../backend/projects";
import { useSession } from "../backend/session";
import { Dialog } from "../ui/Dialog";
import { Field } from "../ui/Field";
import { Form } from "../ui/Form";

export function RenameProject({ project, onClose }: { project: Project; onClose: () => void }) {
	const { workspace } = useSession();
	const submit = (text: (name: string) => string) => {
		renameProject(workspace, project.id, text("name"));
		onClose();
	};
	return (
		<Dialog title="Rename project" onClose={onClose}>
			<Form onSubmit={submit}>
				<Field label="Project name">
					{({ id }) => (
						<input
							id={id}
							name="name"
							defaultValue={project.name}
							required
							maxLength={60}
							pattern=".*\S.*"
							autocomplete="off"
						/>
					)}
				</Field>
				<div class="form-actions">
					<button type="button" class="button" onClick={onClose}>
						Cancel
					</button>
					<button type="submit" class="button button-main">
						Rename
					</button>
				</div>
			</Form>
		</Dialog>
	);
}
