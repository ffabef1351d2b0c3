/** Photos go up one by one as they are chosen, with progress; the form then carries their refs. */

const LONGEST_PX = 2560;
const WORTH_SHRINKING = 3 * 1024 * 1024;

interface Stored {
  id: string;
  secret: string;
}

type Words = (name: string) => string;

export function uploadPhotos(form: HTMLFormElement, words: Words): { settled(): Promise<unknown> } {
  const input = form.elements.namedItem("photos") as HTMLInputElement;
  const list = form.querySelector<HTMLElement>("[data-picked]")!;
  const under = new Set<Promise<void>>();
  const add = (files: Iterable<File>) => {
    const room = Number(form.dataset.most ?? 6) - list.children.length;
    for (const file of [...files].slice(0, room)) {
      const tile = new Tile(file, words);
      list.append(tile.element);
      const sending = send(form, file, tile).finally(() => under.delete(sending));
      under.add(sending);
    }
  };
  input.addEventListener("change", () => {
    add(input.files ?? []);
    input.value = "";
  });
  acceptDrops(form.querySelector<HTMLElement>(".drop"), add);
  return { settled: () => Promise.all(under) };
}

function acceptDrops(drop: HTMLElement | null, add: (files: Iterable<File>) => void): void {
  drop?.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("is-over");
  });
  drop?.addEventListener("dragleave", () => drop.classList.remove("is-over"));
  drop?.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("is-over");
    add(event.dataTransfer?.files ?? []);
  });
}

async function send(form: HTMLFormElement, file: File, tile: Tile): Promise<void> {
  tile.begin();
  try {
    const stored = await post(form, await shrink(file), (share) => tile.progress(share));
    tile.received(stored);
  } catch (error) {
    tile.refused(error instanceof Error ? error.message : "", () => void send(form, file, tile));
  }
}

function post(form: HTMLFormElement, file: Blob, progress: (share: number) => void): Promise<Stored> {
  const token = form.querySelector<HTMLInputElement>('[name="csrfmiddlewaretoken"]')?.value ?? "";
  const body = new FormData();
  body.append("file", file, file instanceof File ? file.name : "photo.jpg");
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.dataset.uploadUrl ?? "");
    request.setRequestHeader("X-CSRFToken", token);
    request.setRequestHeader("Accept-Language", document.documentElement.lang);
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => progress(event.loaded / event.total));
    request.addEventListener("error", () => reject(new Error("")));
    request.addEventListener("load", () => {
      if (request.status === 201 || request.status === 200) resolve(request.response as Stored);
      else reject(new Error(sentence(request.response)));
    });
    request.send(body);
  });
}

function sentence(answer: unknown): string {
  const said = answer as { message?: string; error?: { message?: string } } | null;
  return said?.message ?? said?.error?.message ?? "";
}

/** A large photo is made smaller before it costs the sender's data; what can't be drawn goes as it is. */
async function shrink(file: File): Promise<Blob> {
  if (file.size < WORTH_SHRINKING || !file.type.startsWith("image/")) return file;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST_PX / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d")!.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const small = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    return small && small.size < file.size ? small : file;
  } catch {
    return file;
  }
}

/** One photo in the list: on this device, going up, received, or refused with the reason. */
class Tile {
  readonly element = document.createElement("li");
  private readonly said = document.createElement("p");
  private readonly bar = document.createElement("progress");

  constructor(
    file: File,
    private readonly words: Words,
  ) {
    const preview = document.createElement("img");
    preview.src = URL.createObjectURL(file);
    preview.alt = file.name;
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "remove";
    remove.textContent = "×";
    remove.setAttribute("aria-label", `${words("Remove")}：${file.name}`);
    remove.addEventListener("click", () => this.element.remove());
    this.said.className = "caption";
    this.said.setAttribute("role", "status");
    this.element.append(preview, remove, this.bar, this.said);
  }

  begin(): void {
    this.element.classList.remove("is-refused");
    this.bar.hidden = false;
    this.bar.removeAttribute("value");
    this.said.className = "caption";
    this.said.textContent = this.words("Uploading");
  }

  progress(share: number): void {
    this.bar.value = share;
  }

  received({ id, secret }: Stored): void {
    this.bar.hidden = true;
    this.said.textContent = this.words("Uploaded");
    const ref = document.createElement("input");
    ref.type = "hidden";
    ref.name = "photo_ref";
    ref.value = `${id}:${secret}`;
    this.element.append(ref);
  }

  refused(why: string, again: () => void): void {
    this.bar.hidden = true;
    this.element.classList.add("is-refused");
    this.said.className = "why";
    this.said.textContent = why || this.words("Failed");
    const retry = document.createElement("button");
    retry.type = "button";
    retry.className = "btn btn-link";
    retry.textContent = this.words("Retry");
    retry.addEventListener("click", () => {
      retry.remove();
      again();
    });
    this.said.append(" ", retry);
  }
}
