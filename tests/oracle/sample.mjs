// A part of a log: all that some of its people did.

/** The lines of one in `oneIn` people, by their order of appearance; the bytes of a log without anonymous ids. */
export function sampleOf(bytes, oneIn) {
	const people = new Map();
	const lines = bytes
		.toString()
		.split("\n")
		.filter((line) => {
			if (line === "") return false;
			const { userId } = JSON.parse(line);
			if (!people.has(userId)) people.set(userId, people.size);
			return people.get(userId) % oneIn === 0;
		});
	return Buffer.from(`${lines.join("\n")}\n`);
}
