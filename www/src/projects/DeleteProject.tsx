import type { Project } from "../backend/model";
import { deleteProject } from "../backend/projects";
import { useSession } from "../backend/session";
import { Dialog } from "../ui/Dialog";

interface Props {
	project: Project;
	tasks: number;
	onClose: () => void;
}

export function DeleteProject({ project, tasks, onClose }: Props) {
	const { workspace } = useSession();
	const confirm = () => {
		onClose();
		location.hash = "#/";
		deleteProject(workspace, project.id);
	};
	return (
		<Dialog title={`Delete ${project.name}?`} onClose={onClose}>
			<p>
				{tasks === 0
					? "There are no tasks in it."
					: `Its ${tasks === 1 ? "one task goes" : `${tasks} tasks go`} with it. This cannot be undone.`}
			</p>
			<div class="form-actions">
				<button type="button" class="button" onClick={onClose}>
					Keep it
				</button>
				<button type="button" class="button button-danger" onClick={confirm}>
					Delete project
				</button>
			</div>
		</Dialog>
	);
}
