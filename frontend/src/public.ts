import "./styles/public.css";
import "./parts/frame";
