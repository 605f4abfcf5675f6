// Types of the element's class and of `define`.

/** How far an element is: `readable` is when the text is there, `ready` when all is. */
export type RectoState = "idle" | "loading" | "readable" | "ready" | "failed";

/** Events of the element. All bubble and leave shadow roots. */
export interface RectoEvents {
  /** The article is shown. `minutes` is how long it takes to read. */
  "recto-load": CustomEvent<{ title: string; language: string; minutes: number }>;
  /** There is nothing to show; `code` is a stable word for why. */
  "recto-error": CustomEvent<{ code: string; message: string; detail: string }>;
  /** The file has so many articles, and the reader is asked which to show. */
  "recto-choices": CustomEvent<{ count: number }>;
  /** A link within the article was followed; cancel it to go there yourself. */
  "recto-navigate": CustomEvent<{ fragment: string }>;
  /** Another section is being read. */
  "recto-section-change": CustomEvent<{ id: string; title: string }>;
  /** A comment is about to be sent; cancel it to keep it from being. */
  "recto-comment-submit": CustomEvent<{ name: string; text: string; parent: string }>;
  /** A comment has arrived where comments are kept; `state` is `published` or `held`. */
  "recto-comment-posted": CustomEvent<{ id: string; parent: string; state: string }>;
  /** So many comments there are; `more` where the server has more than it counted. */
  "recto-comments-count": CustomEvent<{ count: number; more: boolean }>;
}

/** What can be set on the element, as attributes in kebab-case or as properties. */
export interface RectoOptions {
  /** Address of the article's file, from the page's own. */
  src: string;
  /** The format that the file is to be read as; found by itself where it is not given. */
  format: string;
  /** `light`, `dark`, `sepia`, `contrast`; else as the system is set. */
  theme: string;
  /** Level of the title among the page's headings, from 1 to 6; default 2. */
  headingLevel: number | string;
  /** `none` leaves the contents list out. */
  contents: string;
  /** Where comments are kept: `local`, `isso`, `wordpress`, `json`, `none`; else where the article says. */
  comments: string;
  /** Address of the server that keeps them. */
  commentsUrl: string;
  /** Which pictures are loaded: `all`, `same-origin`, `none`. */
  images: string;
  /** `none` keeps nothing in the browser. */
  storage: string;
  /** `hash` lets the element read and write the fragment of the page's address. */
  router: string;
  /** `eager` loads before the element is near the window. */
  loading: string;
}

export declare class RectoArticle extends HTMLElement implements RectoOptions {
  src: string;
  format: string;
  theme: string;
  get headingLevel(): string;
  set headingLevel(level: number | string);
  contents: string;
  comments: string;
  commentsUrl: string;
  images: string;
  storage: string;
  router: string;
  loading: string;
  /** The article itself, as an object or text of any format that is read, in place of an address. */
  article: object | string | undefined;
  readonly state: RectoState;
  readonly version: string;
  /** Resolves once the article is there; rejects where it cannot be shown. */
  readonly ready: Promise<void>;
  /** Fetches and shows the article anew. */
  reload(): Promise<void>;
  /** Scrolls to a section by its id; false where there is none. */
  scrollToSection(id: string): boolean;
  /** The words of the article. */
  toPlainText(): string;
  addEventListener<K extends keyof RectoEvents>(type: K, listener: (event: RectoEvents[K]) => unknown, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

/** The version of this script. */
export declare const version: string;

/** Makes the element known, under a name of the page's choice; default `recto-article`. */
export declare function define(tag?: string): void;

declare global {
  interface HTMLElementTagNameMap {
    "recto-article": RectoArticle;
  }
}
