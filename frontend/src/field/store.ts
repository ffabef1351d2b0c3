/** The phone's own store: written before anything is sent, so that a dead battery loses nothing.

    Reports, what is known of files, and the bytes of files stand apart: a list is read without
    loading photos, and a photo that finds no room never costs the words. */
import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from "idb";
import { type FileItem, type Report, SINCE_SECOND } from "./terms";

/** One piece of a recording under way: who dies while speaking keeps what was said. */
export interface Piece {
  file: string;
  report: string;
  type: string;
  bytes: ArrayBuffer;
}

interface Schema extends DBSchema {
  reports: { key: string; value: Report };
  files: { key: string; value: FileItem; indexes: { report: string } };
  bytes: { key: string; value: ArrayBuffer };
  pieces: { key: number; value: Piece; indexes: { file: string } };
  settings: { key: string; value: string };
}

export type Database = IDBPDatabase<Schema>;
export const NAME = "linli-field";
/** Raised when stores change; `upgrade` then goes from every former one to this. */
export const VERSION = 2;
const SAFE = { durability: "strict" } as const;

let opened: Promise<Database> | null = null;
let toldOld: () => void = () => undefined;

/** Say what to do when a newer page wants to change the stores under this one. */
export function whenOutOfDate(tell: () => void): void {
  toldOld = tell;
}

export function open(): Promise<Database> {
  opened ??= connect().catch((fault: unknown) => {
    opened = null;
    if (fault instanceof DOMException && fault.name === "VersionError") toldOld();
    throw fault;
  });
  return opened;
}

function connect(): Promise<Database> {
  return openDB<Schema>(NAME, VERSION, {
    async upgrade(db, from, _to, tx) {
      if (from < 1) {
        db.createObjectStore("reports", { keyPath: "id" });
        db.createObjectStore("files", { keyPath: "id" }).createIndex("report", "report");
        db.createObjectStore("bytes");
        db.createObjectStore("pieces", { autoIncrement: true }).createIndex("file", "file");
        db.createObjectStore("settings");
      }
      if (from === 1) await fillReports(tx);
    },
    blocking(_current, _wanted, event) {
      // A newer page waits: let go at once, what is written is written.
      (event.target as IDBDatabase).close();
      opened = null;
      toldOld();
    },
    terminated() {
      opened = null;
    },
  });
}

type Upgrade = IDBPTransaction<Schema, StoreNames<Schema>[], "versionchange">;

/** Give reports of the first version what came with the second; what they hold stays as it is. */
async function fillReports(tx: Upgrade): Promise<void> {
  let at = await tx.objectStore("reports").openCursor();
  while (at) {
    await at.update({ ...SINCE_SECOND, ...at.value });
    at = await at.continue();
  }
}

export async function listReports(): Promise<Report[]> {
  const all = await (await open()).getAll("reports");
  return all.sort((a, b) => (a.id < b.id ? 1 : -1));
}

export async function findReport(id: string): Promise<Report | undefined> {
  return (await open()).get("reports", id);
}

export async function listFiles(report: string): Promise<FileItem[]> {
  const found = await (await open()).getAllFromIndex("files", "report", report);
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}

export async function findFile(id: string): Promise<FileItem | undefined> {
  return (await open()).get("files", id);
}

export async function readBytes(id: string): Promise<ArrayBuffer | undefined> {
  return (await open()).get("bytes", id);
}

export async function putReport(report: Report): Promise<void> {
  const tx = (await open()).transaction("reports", "readwrite", SAFE);
  await Promise.all([tx.store.put(report), tx.done]);
}

/** Change a report as it is now, so that two tabs don't overwrite each other. */
export async function changeReport(
  id: string,
  change: (report: Report) => void,
): Promise<Report | undefined> {
  const tx = (await open()).transaction("reports", "readwrite", SAFE);
  const report = await tx.store.get(id);
  if (report) {
    change(report);
    await tx.store.put(report);
  }
  await tx.done;
  return report;
}

export async function changeFile(id: string, change: (file: FileItem) => void): Promise<void> {
  const tx = (await open()).transaction("files", "readwrite", SAFE);
  const file = await tx.store.get(id);
  if (file) {
    change(file);
    await tx.store.put(file);
  }
  await tx.done;
}

/** Keep a file with its bytes, and the pieces it was made of no more: all or nothing. */
export async function putFile(file: FileItem, bytes: ArrayBuffer): Promise<void> {
  const tx = (await open()).transaction(["files", "bytes", "pieces"], "readwrite", SAFE);
  const work = [tx.objectStore("bytes").put(bytes, file.id), tx.objectStore("files").put(file)];
  for (const key of await tx.objectStore("pieces").index("file").getAllKeys(file.id))
    void tx.objectStore("pieces").delete(key);
  await Promise.all([...work, tx.done]);
}

/** A file has arrived: its bytes go, what is known of it stays. */
export async function settleFile(file: FileItem): Promise<void> {
  const tx = (await open()).transaction(["files", "bytes"], "readwrite", SAFE);
  void tx.objectStore("files").put(file);
  void tx.objectStore("bytes").delete(file.id);
  await tx.done;
}

export async function removeFile(id: string): Promise<void> {
  const tx = (await open()).transaction(["files", "bytes"], "readwrite", SAFE);
  void tx.objectStore("files").delete(id);
  void tx.objectStore("bytes").delete(id);
  await tx.done;
}

export async function removeReport(id: string): Promise<void> {
  const tx = (await open()).transaction(["reports", "files", "bytes"], "readwrite", SAFE);
  for (const key of await tx.objectStore("files").index("report").getAllKeys(id)) {
    void tx.objectStore("files").delete(key);
    void tx.objectStore("bytes").delete(key);
  }
  void tx.objectStore("reports").delete(id);
  await tx.done;
}

/** Give a refused report another id, with all its files, to be changed and sent once more. */
export async function renewReport(
  old: string,
  id: string,
  fileId: () => string,
  changes: Partial<Report> = {},
): Promise<void> {
  const tx = (await open()).transaction(["reports", "files", "bytes"], "readwrite", SAFE);
  const report = await tx.objectStore("reports").get(old);
  for (const file of await tx.objectStore("files").index("report").getAll(old)) {
    const bytes = await tx.objectStore("bytes").get(file.id);
    void tx.objectStore("files").delete(file.id);
    void tx.objectStore("bytes").delete(file.id);
    if (!bytes) continue;
    const renewed = { ...file, id: fileId(), report: id, address: "", sent: 0 };
    void tx.objectStore("files").put({ ...renewed, state: "held", refusal: "" });
    void tx.objectStore("bytes").put(bytes, renewed.id);
  }
  void tx.objectStore("reports").delete(old);
  if (report)
    void tx
      .objectStore("reports")
      .put({ ...report, id, state: "draft", body: "", refusal: "", ...changes });
  await tx.done;
}

export async function addPiece(piece: Piece): Promise<void> {
  const tx = (await open()).transaction("pieces", "readwrite", SAFE);
  await Promise.all([tx.store.add(piece), tx.done]);
}

export async function listPieces(): Promise<Piece[]> {
  return (await open()).getAll("pieces");
}

export async function remember(name: string, value: string): Promise<void> {
  await (await open()).put("settings", value, name);
}

export async function recall(name: string): Promise<string | undefined> {
  return (await open()).get("settings", name);
}
