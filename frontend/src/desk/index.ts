import "./desk.css";
import { openNamedAct, sendOnce } from "./acts";
import { takeFoundPlace } from "./places";
import { openShotsLarge } from "./viewer";

sendOnce();
openShotsLarge();
takeFoundPlace();
openNamedAct();
window.addEventListener("hashchange", openNamedAct);
