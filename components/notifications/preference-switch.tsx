import clsx from "clsx";

type Props = {
  group: string;
  way: "mail" | "slack";
  label: string;
  on: boolean;
  /** The matter that it is a switch of. */
  of: string;
  /** Where the form goes before any script has loaded. */
  action: (data: FormData) => void;
  send: (data: FormData) => void;
};

/** On or off, in words and by the place of the knob. */
export const PreferenceSwitch = ({ group, way, label, on, of, action, send }: Props) => (
  <form
    action={action}
    className="w-28"
    onSubmit={(event) => {
      event.preventDefault();
      send(new FormData(event.currentTarget));
    }}
  >
    <input type="hidden" name="group" value={group} />
    <input type="hidden" name="way" value={way} />
    <input type="hidden" name="on" value={on ? "no" : "yes"} />
    <button
      type="submit"
      role="switch"
      aria-checked={on}
      aria-label={`${label}: ${of}`}
      className="tap flex h-9 w-full items-center gap-2 rounded-md text-sm font-medium"
    >
      <span
        aria-hidden
        className={clsx(
          "h-4.5 w-8 rounded-full border p-0.5 transition-colors",
          on ? "border-accent bg-accent" : "border-strong-line bg-sunken",
        )}
      >
        <span
          className={clsx(
            "block size-3 rounded-full transition-transform",
            on ? "translate-x-3.5 bg-on-accent" : "bg-strong-line",
          )}
        />
      </span>
      {label}
      <span aria-hidden className="font-normal text-muted">
        {on ? "on" : "off"}
      </span>
    </button>
  </form>
);
