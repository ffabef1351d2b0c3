/** Hold to talk: what is said goes into the store second by second, and counts as the report. */
import { v7 as uuidv7 } from "uuid";
import { addPiece, listPieces, type Piece, putFile, removeFile } from "./store";
import type { FileItem } from "./terms";
import { say } from "./words";

const PIECE_MS = 1000;
const SHORTEST_MS = 700;
const LONGEST_MS = 120_000;
const TAP_MS = 350;
const BITS_A_SECOND = 24_000;
const KINDS = ["audio/mp4", "audio/webm;codecs=opus", "audio/webm", "audio/ogg;codecs=opus"];

export interface Talk {
  button: HTMLButtonElement;
  word: HTMLElement;
  said: HTMLElement;
  /** Id of the report spoken to; it exists in the store when this returns. */
  report: () => Promise<string>;
  /** Whether one more is taken. */
  hasRoom: () => boolean;
  kept: () => void;
  failed: () => void;
}

export function canTalk(): boolean {
  return typeof MediaRecorder !== "undefined" && Boolean(navigator.mediaDevices?.getUserMedia);
}

/** One recording from press to release; a short tap leaves it running until the next tap. */
export class Talking {
  private recorder: MediaRecorder | null = null;
  private pressedAt = 0;
  private beganAt = 0;
  private isTapped = false;
  private isWanted = false;
  private clock = 0;

  constructor(private readonly talk: Talk) {
    const { button } = talk;
    button.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      button.setPointerCapture(event.pointerId);
      void this.press();
    });
    for (const name of ["pointerup", "pointercancel"] as const)
      button.addEventListener(name, () => this.release());
    button.addEventListener("contextmenu", (event) => event.preventDefault());
    button.addEventListener("keydown", (event) => {
      if ((event.key === " " || event.key === "Enter") && !event.repeat) this.toggle(event);
    });
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this.stop();
    });
  }

  get isOn(): boolean {
    return this.isWanted;
  }

  private toggle(event: Event): void {
    event.preventDefault();
    if (this.isWanted) this.stop();
    else {
      this.isTapped = true;
      void this.start();
    }
  }

  private async press(): Promise<void> {
    if (this.isWanted) {
      this.stop();
      return;
    }
    this.pressedAt = Date.now();
    this.isTapped = false;
    await this.start();
  }

  private release(): void {
    if (!this.isWanted || this.isTapped) return;
    if (Date.now() - this.pressedAt < TAP_MS) {
      this.isTapped = true;
      this.show();
    } else {
      this.stop();
    }
  }

  private async start(): Promise<void> {
    if (!this.talk.hasRoom()) return;
    this.isWanted = true;
    this.talk.said.textContent = "";
    try {
      const voice = await navigator.mediaDevices.getUserMedia({ audio: true });
      const report = await this.talk.report();
      if (this.isWanted) this.record(voice, report);
      else end(voice);
    } catch (fault) {
      this.isWanted = false;
      const isDenied = fault instanceof DOMException && fault.name === "NotAllowedError";
      this.talk.said.textContent = say(isDenied ? "talkDenied" : "talkFailed");
      this.talk.failed();
    }
  }

  private record(voice: MediaStream, report: string): void {
    const type = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
    const wanted = { ...(type && { mimeType: type }), audioBitsPerSecond: BITS_A_SECOND };
    const recorder = new MediaRecorder(voice, wanted);
    const file = uuidv7();
    let written: Promise<unknown> = Promise.resolve();
    recorder.addEventListener("dataavailable", ({ data }) => {
      written = written.then(async () => {
        const bytes = await data.arrayBuffer();
        if (bytes.byteLength) await addPiece({ file, report, type: recorder.mimeType, bytes });
      });
    });
    recorder.addEventListener("stop", () => {
      end(voice);
      void written.then(() => this.keep(file));
    });
    this.recorder = recorder;
    this.beganAt = Date.now();
    recorder.start(PIECE_MS);
    this.clock = window.setInterval(() => this.tick(), 250);
    this.show();
  }

  private async keep(file: string): Promise<void> {
    const length = Date.now() - this.beganAt;
    await joinPieces(file);
    if (length < SHORTEST_MS) {
      await removeFile(file);
      this.talk.said.textContent = say("talkShort");
    }
    this.talk.kept();
  }

  private tick(): void {
    if (Date.now() - this.beganAt > LONGEST_MS) this.stop();
    else this.show();
  }

  stop(): void {
    if (!this.isWanted) return;
    this.isWanted = false;
    clearInterval(this.clock);
    if (this.recorder?.state === "recording") this.recorder.stop();
    this.recorder = null;
    this.show();
  }

  private show(): void {
    const { button, word } = this.talk;
    button.classList.toggle("is-on", this.isWanted);
    const n = Math.floor((Date.now() - this.beganAt) / 1000);
    const said = this.isTapped ? "talkingTap" : "talking";
    word.textContent = this.isWanted ? say(said, { n }) : say("talk");
  }
}

function end(voice: MediaStream): void {
  for (const track of voice.getTracks()) track.stop();
}

/** Make one file of the pieces of a recording. */
async function joinPieces(file: string): Promise<void> {
  const pieces = (await listPieces()).filter((piece) => piece.file === file);
  if (pieces.length) await putFile(recordingOf(file, pieces), joined(pieces));
}

/** Make files of what was being said when the page was closed; tells whether there was any. */
export async function recoverTalk(isOwn: (report: string) => boolean): Promise<boolean> {
  const own = (await listPieces()).filter((piece) => isOwn(piece.report));
  const files = new Set(own.map((piece) => piece.file));
  for (const file of files) await joinPieces(file);
  return files.size > 0;
}

function joined(pieces: Piece[]): ArrayBuffer {
  const whole = new Uint8Array(pieces.reduce((size, piece) => size + piece.bytes.byteLength, 0));
  let at = 0;
  for (const { bytes } of pieces) {
    whole.set(new Uint8Array(bytes), at);
    at += bytes.byteLength;
  }
  return whole.buffer;
}

function recordingOf(id: string, pieces: Piece[]): FileItem {
  const { report, type } = pieces[0]!;
  return {
    id,
    report,
    kind: "recording",
    state: "held",
    type,
    size: pieces.reduce((size, piece) => size + piece.bytes.byteLength, 0),
    madeAt: new Date().toISOString(),
    takenAt: "",
    takenLon: null,
    takenLat: null,
    thumb: "",
    seconds: Math.max(1, Math.round((pieces.length * PIECE_MS) / 1000)),
    address: "",
    sent: 0,
    refusal: "",
  };
}

/** Keep a recording made elsewhere on the phone. */
export async function keepVoiceFile(voice: File, report: string): Promise<void> {
  const bytes = await voice.arrayBuffer();
  const piece = { file: uuidv7(), report, type: voice.type, bytes };
  await putFile({ ...recordingOf(piece.file, [piece]), seconds: 0 }, bytes);
}
