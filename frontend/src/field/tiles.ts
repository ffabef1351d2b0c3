/** One file as it is shown: what it is, and how it stands. */
import { readBytes } from "./store";
import type { FileItem } from "./terms";
import { say } from "./words";

export interface TileActs {
  remove?: () => void;
}

export function fileTile(file: FileItem, acts: TileActs = {}): HTMLLIElement {
  const tile = document.createElement("li");
  tile.className = `tile is-${file.kind} is-${file.state}`;
  tile.append(file.kind === "photo" ? picture(file) : voice(file));
  if (acts.remove) tile.append(remover(file, acts.remove));
  else tile.append(standing(file));
  return tile;
}

function picture(file: FileItem): HTMLElement {
  if (!file.thumb) {
    const unseen = document.createElement("span");
    unseen.className = "unseen small";
    unseen.textContent = say("noDisplay");
    return unseen;
  }
  const image = document.createElement("img");
  image.src = file.thumb;
  image.alt = say("photo");
  return image;
}

function voice(file: FileItem): HTMLElement {
  const play = document.createElement("button");
  play.type = "button";
  play.className = "btn play";
  const length = file.seconds ? say("voiceSeconds", { n: file.seconds }) : say("voice");
  play.textContent = file.state === "received" ? length : `▶ ${length}`;
  play.disabled = file.state === "received";
  play.addEventListener("click", () => void playVoice(file));
  return play;
}

async function playVoice(file: FileItem): Promise<void> {
  const bytes = await readBytes(file.id);
  if (!bytes) return;
  const address = URL.createObjectURL(new Blob([bytes], { type: file.type }));
  const player = new Audio(address);
  player.addEventListener("ended", () => URL.revokeObjectURL(address));
  await player.play();
}

function remover(file: FileItem, remove: () => void): HTMLElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "remove";
  button.textContent = "×";
  button.setAttribute("aria-label", `${say("remove")} ${say(file.kind === "photo" ? "photo" : "voice")}`);
  button.addEventListener("click", remove);
  return button;
}

/** Received only once the office said so of this very file. */
function standing(file: FileItem): HTMLElement {
  const words = document.createElement("span");
  words.className = "standing small";
  if (file.state === "received") words.textContent = `✓ ${say("fileReceived")}`;
  else if (file.state === "refused") words.textContent = `◆ ${say("fileRefused", { why: file.refusal })}`;
  else if (file.sent) words.textContent = say("fileSending", { percent: share(file) });
  else words.textContent = `▲ ${say("fileHeld")}`;
  return words;
}

function share(file: FileItem): number {
  return Math.floor((file.sent / Math.max(1, file.size)) * 100);
}
