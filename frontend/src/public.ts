import "./styles/public.css";
import "./styles/talk.css";
import "./parts/frame";
import { listenForCopying } from "./parts/copying";
import { nearHere } from "./parts/near";
import { signInHere } from "./parts/sign_in";

listenForCopying();
nearHere();
signInHere();

const report = document.querySelector<HTMLFormElement>("form[data-report]");
if (report) void import("./parts/report").then(({ enhance }) => enhance(report));
