"use client";

import { useState } from "react";

/**
 * What the form showed when it was begun, sent along as `seen`: another version in which nothing of this differs takes
 * nothing from anybody. It stays as it was while the page around it is refreshed, like the version.
 */
export function SeenField({ values }: { values: Record<string, string | null> }) {
  const [seen] = useState(values);
  return <input type="hidden" name="seen" value={JSON.stringify(seen)} />;
}
