/** The answer, if it is what was asked for: a server that knows no such file may answer with a page, and 200. Throws what came instead. */
export function soundAnswer(response: Response): Response {
	const type = response.headers.get("content-type");
	if (!response.ok || /html/.test(`${type}`))
		throw new Error(`${response.url} answers ${response.status}, ${type}`);
	return response;
}
