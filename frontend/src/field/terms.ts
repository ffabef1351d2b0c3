/** What the phone keeps: reports and their files, each with its own state. */

/** Writing, on this phone, received by the office, or refused by it with a reason. */
export type ReportState = "draft" | "waiting" | "received" | "refused";
export type FileState = "held" | "received" | "refused";
export type FileKind = "photo" | "recording";

/** Why something still waits: no line, the office is busy, or another account must sign in. */
export type Wait = "" | "line" | "busy" | "account";

export interface Point {
  lon: number;
  lat: number;
  accuracy: number;
}

export interface Answer {
  number: string;
  code: string;
  words: string;
  outside: boolean;
}

/** What became of a report, as the office said when there was a line. */
export interface Standing {
  headline: string;
  answer: string;
  canAnswer: boolean;
  canRate: boolean;
  canReopen: boolean;
  hasAfterPhotos: boolean;
  /** Nothing more comes by itself. */
  isOver: boolean;
  knownAt: string;
}

/** A kind of problem couriers report, named in both languages. */
export interface Kind {
  key: string;
  zh: string;
  en: string;
}

/** Who is signed in on this phone, as the office says. */
export interface Who {
  account: string;
  name: string;
  token: string;
  /** What a confirmed courier reports; null for everybody else. */
  courier: Kind[] | null;
  /** Large type as the account has it; null as long as nobody switched it there. */
  large: boolean | null;
}

export const NOBODY: Who = { account: "", name: "", token: "", courier: null, large: null };

export interface Report {
  /** UUIDv7, made here; the office takes one report to an id. */
  id: string;
  state: ReportState;
  madeAt: string;
  /** Account it is sent by; empty for nobody's. */
  account: string;
  text: string;
  /** Sent where there is no text: a photo or a voice is a report, and the clerk is told so. */
  wordless: string;
  address: string;
  phone: string;
  device: Point | null;
  /** Code of the building whose notice was scanned. */
  door: string;
  doorPlace: Place | null;
  placeWords: string;
  /** What is sent, letter for letter, from the first try on. */
  body: string;
  answer: Answer | null;
  refusal: string;
  wait: Wait;
  /** Sent as the report of a confirmed courier; only ever with an account. */
  isCourier: boolean;
  category: string;
  /** A draft kept for later: it waits in the list instead of in the form. */
  isAside: boolean;
  standing: Standing | null;
}

/** What reports of the first version of the store lack. */
export const SINCE_SECOND = { isCourier: false, category: "", isAside: false, standing: null } as const;

export interface Place {
  name: string;
  address: string;
  lon: number | null;
  lat: number | null;
}

export interface FileItem {
  id: string;
  report: string;
  kind: FileKind;
  state: FileState;
  type: string;
  size: number;
  madeAt: string;
  takenAt: string;
  takenLon: number | null;
  takenLat: number | null;
  /** A small picture as a data address; empty where the phone can't show it. */
  thumb: string;
  seconds: number;
  /** Where the rest goes, once begun. */
  address: string;
  sent: number;
  refusal: string;
}

export const MOST_PHOTOS = 9;
export const MOST_RECORDINGS = 3;
export const MOST_BYTES = 20 * 1024 * 1024;
