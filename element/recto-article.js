// <recto-article>, made known under its own name. `recto-element.js` is the same without that.
import { define } from "./recto-element.js";

export { define, RectoArticle, version } from "./recto-element.js";

define();
