/** Photos as they are taken: kept at once, then made small and rid of what the camera wrote. */
import { v7 as uuidv7 } from "uuid";
import { isFull, writeInRoom } from "./pressure";
import { changeFile, findFile, putFile } from "./store";
import { type FileItem, MOST_BYTES } from "./terms";

const LONGEST_PX = 2048;
const THUMB_PX = 240;
const QUALITY = 0.82;

/** What a camera wrote into a photo about its taking. */
interface Taken {
  takenAt: string;
  takenLon: number | null;
  takenLat: number | null;
}

export type Kept = "kept" | "too large" | "full";

/** Keep a photo of a report; it is safe on the phone when this returns "kept". */
export async function keepPhoto(photo: File, report: string): Promise<Kept> {
  if (photo.size > MOST_BYTES) return "too large";
  const bytes = await photo.arrayBuffer();
  const file = newPhoto(photo, report, await readTaken(photo, bytes));
  try {
    await writeInRoom(() => putFile(file, bytes));
  } catch (fault) {
    if (!isFull(fault)) throw fault;
    return keepSmall(file, photo);
  }
  const small = await shrink(photo);
  if (small && (await findFile(file.id))) await putFile({ ...file, ...small.facts }, small.bytes);
  return "kept";
}

/** The phone has no room for the photo as it is: perhaps for a smaller one. */
async function keepSmall(file: FileItem, photo: File): Promise<Kept> {
  const small = await shrink(photo);
  if (!small) return "full";
  try {
    await putFile({ ...file, ...small.facts }, small.bytes);
    return "kept";
  } catch (fault) {
    if (!isFull(fault)) throw fault;
    return "full";
  }
}

/** Make small what a page left as it was taken when it was closed. */
export async function finishPhoto(file: FileItem, bytes: ArrayBuffer): Promise<void> {
  const small = await shrink(new Blob([bytes], { type: file.type }));
  if (small) await putFile({ ...file, ...small.facts }, small.bytes);
  else await changeFile(file.id, (one) => (one.thumb = ""));
}

function newPhoto(photo: File, report: string, taken: Taken): FileItem {
  return {
    id: uuidv7(),
    report,
    kind: "photo",
    state: "held",
    type: photo.type || "application/octet-stream",
    size: photo.size,
    madeAt: new Date().toISOString(),
    ...taken,
    thumb: "",
    seconds: 0,
    address: "",
    sent: 0,
    refusal: "",
  };
}

interface Small {
  bytes: ArrayBuffer;
  facts: Pick<FileItem, "type" | "size" | "thumb">;
}

/** Draw a photo anew, smaller; null where this phone can't (the office then does it). */
async function shrink(photo: Blob): Promise<Small | null> {
  try {
    const picture = await createImageBitmap(photo, { imageOrientation: "from-image" });
    const jpeg = await draw(picture, LONGEST_PX, QUALITY);
    const thumb = await draw(picture, THUMB_PX, 0.7);
    picture.close();
    const facts = { type: "image/jpeg", size: jpeg.size, thumb: await dataAddress(thumb) };
    return { bytes: await jpeg.arrayBuffer(), facts };
  } catch {
    return null;
  }
}

async function draw(picture: ImageBitmap, longest: number, quality: number): Promise<Blob> {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d")!.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const drawn = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", quality));
  if (!drawn) throw new Error("nothing drawn");
  return drawn;
}

function dataAddress(blob: Blob): Promise<string> {
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => done(String(reader.result)));
    reader.addEventListener("error", () => fail(new Error("unreadable")));
    reader.readAsDataURL(blob);
  });
}

/** Read when and where it was taken, before the drawing loses it; the clock of the file otherwise. */
async function readTaken(photo: File, bytes: ArrayBuffer): Promise<Taken> {
  const fallback = photo.lastModified || Date.now();
  const taken: Taken = {
    takenAt: new Date(fallback).toISOString(),
    takenLon: null,
    takenLat: null,
  };
  try {
    const { default: reader } = await import("exifreader");
    const tags = reader.load(bytes, { expanded: true });
    const stated = zoned(
      tags.exif?.DateTimeOriginal?.description,
      tags.exif?.OffsetTimeOriginal?.description,
    );
    const lon = tags.gps?.Longitude ?? null;
    const lat = tags.gps?.Latitude ?? null;
    // Cameras without a fix write 0/0.
    const isPlace = lon !== null && lat !== null && (lon !== 0 || lat !== 0);
    return {
      takenAt: stated ?? taken.takenAt,
      takenLon: isPlace ? lon : null,
      takenLat: isPlace ? lat : null,
    };
  } catch {
    return taken;
  }
}

/** Read `2026:11:22 09:00:00` with its offset; a camera that states none is in the phone's zone. */
function zoned(stated: string | undefined, offset: string | undefined): string | null {
  const found = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/.exec(stated ?? "");
  if (!found) return null;
  const [, year, month, day, clock] = found;
  const zone = /^[+-]\d\d:\d\d$/.test(offset ?? "") ? offset : "";
  const instant = new Date(`${year}-${month}-${day}T${clock}${zone}`);
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString();
}
