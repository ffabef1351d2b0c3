import "./desk.css";
import { hideWayWhenThere, openNamedAct, sendOnce } from "./acts";
import { copyOnClick } from "./copying";
import { dispatchByKeys } from "./dispatching";
import { takeCalls } from "./intake";
import { takeFoundPlace } from "./places";
import { searchByKeys } from "./search";
import { openShotsLarge } from "./viewer";

sendOnce();
openShotsLarge();
copyOnClick();
dispatchByKeys();
takeFoundPlace();
searchByKeys();
takeCalls();
openNamedAct();
hideWayWhenThere();
window.addEventListener("hashchange", openNamedAct);
