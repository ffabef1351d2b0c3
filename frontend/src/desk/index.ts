import "./desk.css";
import { hideWayWhenThere, openNamedAct, sendOnce } from "./acts";
import { takeFoundPlace } from "./places";
import { openShotsLarge } from "./viewer";

sendOnce();
openShotsLarge();
takeFoundPlace();
openNamedAct();
hideWayWhenThere();
window.addEventListener("hashchange", openNamedAct);
