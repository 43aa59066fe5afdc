import { GatePage } from "@/components/layout/gate-page";

export default function UnknownCertificate() {
  return (
    <GatePage title="No such certificate" lead="No certificate of this academy has this code.">
      <p className="text-sm text-muted">
        Compare it with the paper letter by letter: it is made of capital letters and digits, without the letters I and
        O and the digits 0 and 1.
      </p>
    </GatePage>
  );
}
