import type { RefObject } from "preact";
import { useState } from "preact/hooks";
import { useSession } from "../backend/session";
import { createTask } from "../backend/tasks";
import { addDays, dayOf } from "../clock/days";
import { useNow } from "../clock/useNow";
import { Form } from "../ui/Form";

interface Props {
	project: string;
	input: RefObject<HTMLInputElement | null>;
}

/** One line for a new task. It stays ready for the next one, with the same person and date. */
export function NewTask({ project, input }: Props) {
	const { workspace } = useSession();
	const today = dayOf(useNow());
	const [title, setTitle] = useState("");

	const submit = (text: (name: string) => string) => {
		const words = title.trim();
		if (!words) return;
		const assignee = text("assignee");
		const due = text("due");
		createTask(workspace, project, {
			title: words,
			...(assignee && { assignee }),
			...(due && { due }),
		});
		setTitle("");
		input.current?.focus();
	};

	return (
		<Form class="card new-task" onSubmit={submit} label="Add a task">
			<input
				ref={input}
				class="new-task-title"
				aria-label="New task"
				placeholder="What has to happen next?"
				value={title}
				maxLength={140}
				autocomplete="off"
				onInput={(event) => setTitle(event.currentTarget.value)}
			/>
			<select name="assignee" aria-label="Assign to">
				<option value="">Nobody yet</option>
				{workspace.members.map((member) => (
					<option key={member.id} value={member.id}>
						{member.name}
					</option>
				))}
			</select>
			<input
				type="date"
				name="due"
				aria-label="Due date"
				min={addDays(today, -365)}
				max={addDays(today, 1825)}
			/>
			<button type="submit" class="button button-main" disabled={title.trim() === ""}>
				Add task
			</button>
		</Form>
	);
}
