import { useEffect, useRef, useState } from "preact/hooks";
import { useSession } from "../backend/session";
import { onHintFollowed, tell } from "../signals";
import { Board } from "../tasks/Board";
import { NewTask } from "../tasks/NewTask";
import { TaskDialog } from "../tasks/TaskDialog";
import { TaskList } from "../tasks/TaskList";
import { ActionMenu } from "../ui/ActionMenu";
import { Empty } from "../ui/Empty";
import { PageHead } from "../ui/PageHead";
import { DeleteProject } from "./DeleteProject";
import { RenameProject } from "./RenameProject";
import { useLayout, ViewSwitch } from "./ViewSwitch";

export function ProjectPage({ id }: { id: string }) {
	const { workspace } = useSession();
	const project = workspace.projects.find((one) => one.id === id);
	const tasks = workspace.tasks.filter((task) => task.project === id);
	const [layout, setLayout] = useLayout();
	const [dialog, setDialog] = useState<"rename" | "delete" | undefined>();
	const [editing, setEditing] = useState<string | undefined>();
	const title = useRef<HTMLInputElement>(null);
	const exists = project !== undefined;

	useEffect(() => {
		if (exists) tell("project_opened", { project: id });
	}, [id, exists]);

	// The hint says "add a task": this is where that is done.
	useEffect(() => onHintFollowed(() => title.current?.focus()), []);

	if (!project) {
		return (
			<Empty title="This project is not here">
				<p>It may have been deleted, or it belongs to another workspace.</p>
				<a class="button" href="#/">
					Back to the overview
				</a>
			</Empty>
		);
	}

	const edited = tasks.find((task) => task.id === editing);
	const done = tasks.filter((task) => task.state === "done").length;
	const close = () => setDialog(undefined);
	return (
		<>
			<PageHead
				title={project.name}
				lead={tasks.length > 0 ? `${done} of ${tasks.length} tasks done` : "Nothing planned yet"}
			>
				<ViewSwitch layout={layout} onChange={setLayout} />
				<ActionMenu
					label="Project actions"
					actions={[
						{ name: "Rename project", act: () => setDialog("rename") },
						{ name: "Delete project", danger: true, act: () => setDialog("delete") },
					]}
				/>
			</PageHead>
			<NewTask project={id} input={title} />
			{layout === "board" ? (
				<Board tasks={tasks} onEdit={setEditing} />
			) : (
				<TaskList tasks={tasks} onEdit={setEditing} />
			)}
			{edited && <TaskDialog key={edited.id} task={edited} onClose={() => setEditing(undefined)} />}
			{dialog === "rename" && <RenameProject project={project} onClose={close} />}
			{dialog === "delete" && <DeleteProject project={project} tasks={tasks.length} onClose={close} />}
		</>
	);
}
