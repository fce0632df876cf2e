"use client";

import * as ripen from "ripen";
import { RipenProvider } from "ripen/react";

const options = { writeKey: "demo", playbook: "/playbook.ripen" };

/** The provider is a client component; what is in it may be rendered on the server. */
export const Usage = ({ children }) => (
	<RipenProvider client={ripen} options={options}>
		{children}
	</RipenProvider>
);
