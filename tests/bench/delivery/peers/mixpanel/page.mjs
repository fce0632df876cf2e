import mixpanel from "mixpanel-browser";

export const start = (endpoint) =>
	new Promise((loaded) => mixpanel.init("bench", { api_host: endpoint, loaded }));

export const track = (name, properties) => mixpanel.track(name, properties);
