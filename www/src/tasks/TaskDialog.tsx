import type { Task, TaskState } from "../backend/model";
import { useSession } from "../backend/session";
import { deleteTask, saveTask } from "../backend/tasks";
import { longDate } from "../clock/days";
import { Dialog } from "../ui/Dialog";
import { Field } from "../ui/Field";
import { Form } from "../ui/Form";
import { states } from "./states";

export function TaskDialog({ task, onClose }: { task: Task; onClose: () => void }) {
	const { workspace } = useSession();

	const submit = (text: (name: string) => string) => {
		const { assignee: _, due: __, ...rest } = task;
		// Closed first: what follows from the change may want to be seen.
		onClose();
		saveTask(workspace, {
			...rest,
			title: text("title"),
			notes: text("notes"),
			state: text("state") as TaskState,
			...(text("assignee") && { assignee: text("assignee") }),
			...(text("due") && { due: text("due") }),
		});
	};

	return (
		<Dialog title="Task" onClose={onClose}>
			<Form onSubmit={submit}>
				<Field label="Title">
					{({ id }) => (
						<input
							id={id}
							name="title"
							defaultValue={task.title}
							required
							maxLength={140}
							pattern=".*\S.*"
							autocomplete="off"
						/>
					)}
				</Field>
				<div class="form-pair">
					<Field label="State">
						{({ id }) => (
							<select id={id} name="state">
								{states.map(({ state, name }) => (
									<option key={state} value={state} selected={state === task.state}>
										{name}
									</option>
								))}
							</select>
						)}
					</Field>
					<Field label="Due">
						{({ id }) => <input id={id} type="date" name="due" defaultValue={task.due ?? ""} />}
					</Field>
				</div>
				<Field label="Assigned to">
					{({ id }) => (
						<select id={id} name="assignee">
							<option value="">Nobody yet</option>
							{workspace.members.map((member) => (
								<option key={member.id} value={member.id} selected={member.id === task.assignee}>
									{member.name}
								</option>
							))}
						</select>
					)}
				</Field>
				<Field label="Notes">
					{({ id }) => <textarea id={id} name="notes" rows={4} defaultValue={task.notes} maxLength={4000} />}
				</Field>
				<p class="note">
					Added on {longDate(task.createdAt)}
					{task.completedAt ? `, done on ${longDate(task.completedAt)}` : ""}.
				</p>
				<div class="form-actions">
					<button
						type="button"
						class="button button-quiet danger form-aside"
						onClick={() => {
							onClose();
							deleteTask(workspace, task.id);
						}}
					>
						Delete
					</button>
					<button type="button" class="button" onClick={onClose}>
						Cancel
					</button>
					<button type="submit" class="button button-main">
						Save
					</button>
				</div>
			</Form>
		</Dialog>
	);
}
