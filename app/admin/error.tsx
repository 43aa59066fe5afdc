"use client";

// Keeps the navigation around an admin page that failed.
export { default } from "../error";
