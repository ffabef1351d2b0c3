import "./styles/desk.css";
import "./styles/dispatching.css";
import "./styles/intake.css";
import "./styles/search.css";
import "./styles/territory.css";
import "./styles/settings.css";
import "./parts/frame";
import "./desk/index";
