// In the pages of a static site: sets the theme before the first paint; lets the program take over pages of articles.
import { applyTheme } from "./boot.js";
import { program, site } from "./program.js";
import { takeOver } from "./written.js";

const { article, list } = document.currentScript.dataset;
const whole = (address) => new URL(address, document.baseURI).href;

applyTheme();
if (article) takeOver(program, { file: whole(article), site, list: whole(list) });
