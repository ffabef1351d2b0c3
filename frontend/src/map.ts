export async function draw(place: HTMLElement): Promise<void> {
  place.dataset.drawn = "";
}
