import "./desk.css";
import { openNamedAct, sendOnce } from "./acts";
import { openShotsLarge } from "./viewer";

sendOnce();
openShotsLarge();
openNamedAct();
window.addEventListener("hashchange", openNamedAct);
