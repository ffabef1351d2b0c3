import "./desk.css";
import { hideWayWhenThere, openNamedAct, sendOnce } from "./acts";
import { copyOnClick } from "./copying";
import { takeCalls } from "./intake";
import { takeFoundPlace } from "./places";
import { searchByKeys } from "./search";
import { openShotsLarge } from "./viewer";

sendOnce();
openShotsLarge();
copyOnClick();
takeFoundPlace();
searchByKeys();
takeCalls();
openNamedAct();
hideWayWhenThere();
window.addEventListener("hashchange", openNamedAct);
