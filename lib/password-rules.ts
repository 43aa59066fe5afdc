/** What a new password must have: shown before typing, ticked while typing, asked again by the server. */
export const PASSWORD_RULES = [
  { label: "8 to 100 characters", holds: (value: string) => value.length >= 8 && value.length <= 100 },
  { label: "an upper-case letter", holds: (value: string) => /\p{Lu}/u.test(value) },
  { label: "a lower-case letter", holds: (value: string) => /\p{Ll}/u.test(value) },
  { label: "a digit", holds: (value: string) => /\d/.test(value) },
] as const;
