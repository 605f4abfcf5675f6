// In the pages of articles of a static site: lets the program take them over.
import { program, site } from "./program.js";
import { takeOver } from "./written.js";

const { article, list } = document.currentScript.dataset;
const whole = (address) => new URL(address, document.baseURI).href;

takeOver(program, { file: whole(article), site, list: whole(list) });
