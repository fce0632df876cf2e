/** A task of its own; timers that follow each other are held back by browsers, messages are not. Used in the page. */
export function nextTask() {
	return new Promise((done) => {
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = () => {
			port1.close();
			done();
		};
		port2.postMessage(0);
	});
}
