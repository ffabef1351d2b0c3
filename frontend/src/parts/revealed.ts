/** A link may lead to what is folded away: it is unfolded, also where browsers don't by themselves. */
export function unfoldAimedAt(): void {
  const aim = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
  const fold = aim?.closest("details");
  if (!aim || !fold) return;
  fold.open = true;
  aim.scrollIntoView();
}
