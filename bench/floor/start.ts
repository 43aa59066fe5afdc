// The empty page's web server by the code with which `npm start` starts the product's.
import { startWeb } from "../../scripts/start/services";
import { stopOnSignals } from "../../scripts/start/stopping";

stopOnSignals();
await startWeb(false);
