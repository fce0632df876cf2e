/** Deletes the database, as soon as no tab holds it open. Never rejects. */
export const eraseDatabase = (name: string): Promise<void> =>
	new Promise((resolve) => {
		try {
			const erasing = indexedDB.deleteDatabase(name);
			erasing.onsuccess = erasing.onerror = () => resolve();
		} catch {
			resolve();
		}
	});
