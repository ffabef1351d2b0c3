import "./styles/desk.css";
import "./parts/frame";
