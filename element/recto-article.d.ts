// The element under its own name: importing this file defines it.
export * from "./recto-element.js";
