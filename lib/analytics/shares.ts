/**
 * Whole percents of `total`, in the order of the parts. What the parts leave of the total gets its percents too, so that
 * everything adds up to 100: each is rounded down, and what is then missing goes to the largest remainders, one each (of
 * equal ones to the first). All zero without a total. In whole numbers throughout: 29 of 100 is 29, not 28.99….
 */
export function shares(parts: readonly { ms: number }[], total: number): number[] {
  const sum = parts.reduce((all, { ms }) => all + ms, 0);
  const whole = Math.max(total, sum);
  if (whole <= 0) return parts.map(() => 0);
  const each = [...parts.map(({ ms }) => ms), whole - sum].map((ms, index) => {
    const remainder = (ms * 100) % whole;
    return { index, remainder, percent: (ms * 100 - remainder) / whole };
  });
  const missing = 100 - each.reduce((all, { percent }) => all + percent, 0);
  const byRemainder = [...each].sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const part of byRemainder.slice(0, missing)) part.percent += 1;
  return each.slice(0, parts.length).map(({ percent }) => percent);
}
