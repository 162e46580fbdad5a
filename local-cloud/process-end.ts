const SIGNALS: [NodeJS.Signals, number][] = [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]];

/**
 * Calls `end` when this process ends early: by a signal, an uncaught error, or `process.exit`.
 * Returns a function that takes this back.
 */
export function onProcessEnd(end: () => void, log: (line: string) => void): () => void {
  const handlers = SIGNALS.map(([signal, code]): [NodeJS.Signals, () => void] => [signal, () => {
    end();
    log(`Ended by ${signal}. Nothing is left running.`);
    process.exit(code);
  }]);
  process.once('exit', end);
  handlers.forEach(([signal, handler]) => process.once(signal, handler));
  return () => {
    process.off('exit', end);
    handlers.forEach(([signal, handler]) => process.off(signal, handler));
  };
}
