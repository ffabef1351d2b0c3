import "./styles/desk.css";
import "./parts/frame";
import "./desk/index";
