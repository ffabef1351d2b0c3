/** One file in parts, gone on with where it stopped: tus 1.0.0 with creation, in what we need of it.

    tus-js-client speaks by XMLHttpRequest, which a service worker has not, and keeps its own notes
    of what is under way; ours stand in the phone's store with everything else. */
import { ask, LineFault, reasonOf } from "./line";
import { changeFile, readBytes, settleFile } from "./store";
import type { FileItem } from "./terms";
import { tellChange } from "./news";

// A few seconds each on a slow line, so that little is sent twice.
const PART_BYTES = 128 * 1024;
const TUS = { "Tus-Resumable": "1.0.0" };

/** Send the rest of a file; on return it has arrived or was refused.

    @throws LineFault where the line broke; the next try goes on from there. */
export async function sendFile(held: FileItem, code: string, language: string): Promise<void> {
  const bytes = await readBytes(held.id);
  if (!bytes) return;
  const file: FileItem = { ...held, size: bytes.byteLength };
  const headers = { "Accept-Language": language, ...TUS };
  const refusal = await transfer(file, bytes, code, headers);
  if (refusal) {
    await changeFile(file.id, (one) => {
      one.state = "refused";
      one.refusal = refusal;
    });
  } else {
    await settleFile({ ...file, state: "received", sent: file.size });
  }
  tellChange();
}

type Headers = Record<string, string>;

/** Send what is missing; give the reason where it was refused. */
async function transfer(
  file: FileItem,
  bytes: ArrayBuffer,
  code: string,
  headers: Headers,
): Promise<string> {
  const begun = await begin(file, code, headers);
  if (typeof begun === "string") return begun;
  let offset = begun.offset;
  while (offset < bytes.byteLength) {
    await note(file, begun.address, offset);
    const response = await ask(begun.address, {
      method: "PATCH",
      credentials: "omit",
      headers: {
        ...headers,
        "Content-Type": "application/offset+octet-stream",
        "Upload-Offset": String(offset),
      },
      body: bytes.slice(offset, offset + PART_BYTES),
    });
    if (response.status === 409 || response.status === 404) {
      // Somebody else went on, or it was forgotten meanwhile: asked again on the next try.
      await note(file, "", 0);
      throw new LineFault(true);
    }
    if (!response.ok) return reasonOf(response);
    offset = offsetOf(response);
  }
  return "";
}

interface Begun {
  address: string;
  offset: number;
}

/** Begin a file, or learn how far the one begun before is: the same id gives the same address. */
async function begin(file: FileItem, code: string, headers: Headers): Promise<Begun | string> {
  const response = await ask("/api/v1/uploads", {
    method: "POST",
    credentials: "omit",
    headers: {
      ...headers,
      "Upload-Length": String(file.size),
      "Upload-Metadata": metadata(file, code),
    },
  });
  if (!response.ok) return reasonOf(response);
  const address = response.headers.get("Location");
  if (!address) throw new LineFault();
  return { address, offset: offsetOf(response) };
}

function metadata(file: FileItem, code: string): string {
  const said: Record<string, string | number | null> = {
    id: file.id,
    report: code,
    kind: file.kind,
    taken_at: file.takenAt,
    taken_lon: file.takenLon,
    taken_lat: file.takenLat,
  };
  return Object.entries(said)
    .filter(([, value]) => value !== null && value !== "")
    .map(([name, value]) => `${name} ${btoa(String(value))}`)
    .join(",");
}

function offsetOf(response: Response): number {
  const stated = response.headers.get("Upload-Offset");
  if (stated === null) throw new LineFault();
  return Number(stated);
}

async function note(file: FileItem, address: string, sent: number): Promise<void> {
  await changeFile(file.id, (one) => {
    one.address = address;
    one.sent = sent;
  });
  tellChange();
}
