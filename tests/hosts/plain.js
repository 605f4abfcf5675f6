// Importing the class defines nothing: the name is the page's choice.
import { define } from "recto-article/element";

const isKnown = Boolean(customElements.get("recto-article"));
const element = document.querySelector("my-article");
element.article = { title: isKnown ? "Known" : "First", body: ["About First."] };
define("my-article");
define("my-article");
