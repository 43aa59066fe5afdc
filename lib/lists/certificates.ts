import { createParser, parseAsStringLiteral } from "nuqs/server";
import {
  type CertificateOrigin,
  type CertificateState,
  certificateOrigins,
  certificateSortKeys,
  certificateStates,
} from "@/db/enums";
import { isDate } from "@/lib/dates";
import { parseAsId } from "@/lib/table-params";
import { defineList } from "./definition";

export const CERTIFICATE_STATE_WORDS: Record<CertificateState, string> = {
  valid: "valid",
  expiring: "expires within 30 days",
  expired: "expired",
  revoked: "revoked",
};

const ORIGINS: Record<CertificateOrigin, string> = { academy: "the academy", elsewhere: "others" };

/** A day as a date field gives it; anything else, also a year before all records, reads as none. */
const parseAsDay = createParser({
  parse: (value) => (isDate(value) && value >= "1900-01-01" ? value : null),
  serialize: (value: string) => value,
});

export const certificatesList = defineList({
  name: "certificates",
  path: "/admin/certificates",
  noun: ["certificate", "certificates"],
  search: "Search student or certificate",
  sortKeys: certificateSortKeys,
  defaultSort: { key: "issued", descending: true },
  filters: {
    state: {
      label: "State",
      parser: parseAsStringLiteral(certificateStates),
      words: (state: CertificateState) => CERTIFICATE_STATE_WORDS[state],
    },
    batch: { label: "Batch", parser: parseAsId },
    origin: {
      label: "Issued by",
      parser: parseAsStringLiteral(certificateOrigins),
      words: (origin: CertificateOrigin) => ORIGINS[origin],
    },
    from: { label: "From", parser: parseAsDay, kind: "date" },
    until: { label: "Until", parser: parseAsDay, kind: "date" },
  },
  columns: {
    student: "Student",
    batch: "Batch",
    name: "Certificate",
    issuer: "Issuer",
    issued: "Issued",
    expires: "Expires",
    state: "State",
    credential: "Credential",
  },
});
