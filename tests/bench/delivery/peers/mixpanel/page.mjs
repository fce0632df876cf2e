import mixpanel from "mixpanel-browser";

export const start = (endpoint) => mixpanel.init("bench", { api_host: endpoint });

export const track = (name, properties) => mixpanel.track(name, properties);
