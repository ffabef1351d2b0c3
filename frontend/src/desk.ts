import "./styles/desk.css";
import "./styles/intake.css";
import "./parts/frame";
import "./desk/index";
