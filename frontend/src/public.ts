import "./styles/public.css";
import "./styles/talk.css";
import "./styles/courier.css";
import "./parts/frame";
import { aroundHere } from "./parts/around";
import { listenForCopying } from "./parts/copying";
import { locate } from "./parts/near";
import { unfoldAimedAt } from "./parts/revealed";
import { signInHere } from "./parts/sign_in";

aroundHere();
listenForCopying();
locate();
signInHere();
unfoldAimedAt();

const report = document.querySelector<HTMLFormElement>("form[data-report]");
if (report) void import("./parts/report").then(({ enhance }) => enhance(report));
