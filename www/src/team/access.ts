import type { Access } from "../backend/model";

export const accessNames: Record<Access, string> = { admin: "Admin", member: "Member", guest: "Guest" };
