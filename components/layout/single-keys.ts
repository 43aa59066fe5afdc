const STORED = "cohort-single-keys";

/** Whether keys without Ctrl or Cmd, such as `/` and `?`, do something. People who dictate switch them off. */
export function singleKeysOn(): boolean {
  try {
    return localStorage.getItem(STORED) !== "off";
  } catch {
    return true; // Storage is refused: nobody could have switched them off.
  }
}

export function switchSingleKeys(on: boolean): void {
  try {
    if (on) localStorage.removeItem(STORED);
    else localStorage.setItem(STORED, "off");
  } catch {
    // It then lasts until the page is left.
  }
}
