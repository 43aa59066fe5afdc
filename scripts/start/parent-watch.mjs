// Loaded before each child: when the process that started it is killed outright, the child ends itself in good order,
// so that nothing stays behind to hold the port or the database.
const GRACE_MS = 20_000;

if (process.channel) {
  process.once("disconnect", () => {
    process.kill(process.pid, "SIGTERM");
    setTimeout(() => process.exit(1), GRACE_MS).unref();
  });
  // Watching must not keep a finished script alive.
  process.channel.unref();
}
