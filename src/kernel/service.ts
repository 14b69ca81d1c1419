/**
 * One contract for everything that lives: workers, listeners, sweepers, servers.
 * `start` resolves when the service does its work; `stop` resolves when it has let go of everything.
 * Both may be called twice.
 */
export interface Service {
  readonly name: string;
  start(): Promise<void>;
  stop(): Promise<void>;
}
