import type { MailParagraph, MailText } from "./mail-texts";

type Surroundings = {
  name: string;
  academy: string;
  appUrl: string | undefined;
  /** How to get no more of these, where that is theirs to choose: what they are, and the page that ends them. */
  stop: { what: string; path: string } | null;
};

export type RenderedMail = { subject: string; text: string; html: string };

/** One line: whatever breaks a line in somebody's name would start a header of its own in a mail. */
export const oneLine = (value: string): string =>
  value
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/ {2,}/g, " ")
    .trim();

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

export const escapeHtml = (value: string): string => value.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);

/** A paragraph without its links. */
export const plainWords = (paragraph: MailParagraph): string =>
  typeof paragraph === "string"
    ? paragraph
    : paragraph.map((part) => (typeof part === "string" ? part : part.text)).join("");

type Whole = (path: string) => string | null;

/** Addresses stand behind their words, as plain text has them. */
const textWords = (paragraph: MailParagraph, whole: Whole): string =>
  typeof paragraph === "string"
    ? paragraph
    : paragraph
        .map((part) => {
          if (typeof part === "string") return part;
          const url = whole(part.path);
          return url ? `${part.text} <${url}>` : part.text;
        })
        .join("");

const htmlWords = (paragraph: MailParagraph, whole: Whole): string =>
  typeof paragraph === "string"
    ? escapeHtml(paragraph)
    : paragraph
        .map((part) => {
          if (typeof part === "string") return escapeHtml(part);
          const url = whole(part.path);
          return url
            ? `<a href="${escapeHtml(url)}" style="color:#a8431b">${escapeHtml(part.text)}</a>`
            : escapeHtml(part.text);
        })
        .join("");

const PAGE = "margin:0;padding:24px 16px;background:#f7f5f2;color:#2b2621";
const SHEET = "max-width:32em;margin:0 auto;font:15px/1.6 system-ui,-apple-system,'Segoe UI',sans-serif";
const BUTTON =
  "display:inline-block;padding:9px 16px;border-radius:5px;background:#a8431b;color:#fff;text-decoration:none;font-weight:600";
const FOOT = "margin-top:32px;padding-top:12px;border-top:1px solid #ddd7cf;color:#6b625a;font-size:13px";

/** The same content as plain text and as HTML. Without APP_URL there is no address to link to: the page is named. */
export function renderMail(mail: MailText, { name, academy, appUrl, stop }: Surroundings): RenderedMail {
  const { label, path } = mail.action;
  const url = appUrl ? new URL(path, appUrl).href : null;
  const opening: MailParagraph[] = [`Hello ${oneLine(name)},`, ...mail.paragraphs];
  const outside = mail.outside && /^https?:\/\/[^/]/i.test(mail.outside.url) ? mail.outside : null;
  const where = url ? `${label}: ${url}` : `${label}: open ${path} at the address where you use ${academy}.`;
  const foot = `${academy} · sent by Cohort`;
  const end = stop ? `No more ${stop.what}` : null;
  const endUrl = stop && appUrl ? new URL(stop.path, appUrl).href : null;
  const endWhere = end && (endUrl ? `${end}: ${endUrl}` : `${end}: switch them off under “Notifications”.`);
  const whole = (to: string) => (appUrl ? new URL(to, appUrl).href : null);
  const paragraph = (text: MailParagraph) => `<p>${htmlWords(text, whole)}</p>`;
  const action = url
    ? [
        `<p style="margin:24px 0"><a href="${escapeHtml(url)}" style="${BUTTON}">${escapeHtml(label)}</a></p>`,
        `<p style="font-size:13px;color:#6b625a;word-break:break-all">${escapeHtml(url)}</p>`,
      ]
    : [paragraph(where)];
  const endHtml =
    end && endUrl
      ? [`<a href="${escapeHtml(endUrl)}" style="color:#6b625a">${escapeHtml(end)}</a>`]
      : endWhere
        ? [escapeHtml(endWhere)]
        : [];
  const html = [
    "<!doctype html>",
    `<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(mail.subject)}</title></head>`,
    `<body style="${PAGE}"><div style="${SHEET}">`,
    ...opening.map(paragraph),
    ...(outside
      ? [
          `<p>${escapeHtml(outside.label)}: <a href="${escapeHtml(outside.url)}" style="color:#a8431b;word-break:break-all">${escapeHtml(outside.url)}</a></p>`,
        ]
      : []),
    ...action,
    ...mail.closing.map(paragraph),
    `<p style="${FOOT}">${[escapeHtml(foot), ...endHtml].join("<br>")}</p>`,
    "</div></body></html>",
  ].join("\n");
  const beyond = outside ? [`${outside.label}: ${oneLine(outside.url)}`] : [];
  const bottom = ["-- ", foot, ...(endWhere ? [endWhere] : [])].join("\n");
  const text = `${[...opening.map((each) => textWords(each, whole)), ...beyond, where, ...mail.closing, bottom].join("\n\n")}\n`;
  return { subject: oneLine(mail.subject), text, html };
}
