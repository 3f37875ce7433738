import type { Sandbox } from '../sandbox.ts';
import type { ContainerPlace } from './running-container.ts';

/** Where a process writes, and how it says that it is over. */
export interface ProcessOutput {
  out(text: string): void;
  err(text: string): void;
  exit(code: number): void;
}

/** A process that goes on: what it is told. */
export interface Process {
  input(bytes: Buffer): void;
  inputEnded(): void;
  resized(columns: number): void;
}

/** How a process is started: with an input stream or without, on a terminal or not. */
export interface Start {
  readonly sandbox: Sandbox;
  readonly place: ContainerPlace;
  readonly stdin: boolean;
  readonly tty: boolean;
  readonly output: ProcessOutput;
}
