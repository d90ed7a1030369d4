// The little of Node that is used, so that no package of types is needed.
declare module "node:readline" {
  export function createInterface(given: { input: unknown; crlfDelay: number }): AsyncIterable<string>;
}
declare module "node:fs" {
  export function readFileSync(path: URL, encoding: "utf8"): string;
}
declare const process: { stdin: unknown; stdout: { write(text: string): void } };
declare class URL {
  constructor(path: string, from: string);
}
interface ImportMeta {
  url: string;
}
