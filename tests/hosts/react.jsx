import React, { useState } from "react";
import { createRoot } from "react-dom/client";
import "recto-article";

function App() {
  const [text, setText] = useState("First");
  const [isShown, setShown] = useState(true);
  const [told, setTold] = useState([]);
  const tell = (event) => setTold((told) => [...told, event.detail.title]);
  const article = React.useMemo(() => ({ title: text, body: [`About ${text}.`] }), [text]);
  return (
    <>
      <h1>React</h1>
      <h2>An article</h2>
      <button onClick={() => setText("Second")}>Change</button>
      <button onClick={() => setShown(!isShown)}>Toggle</button>
      {isShown && <recto-article article={article} headingLevel={3} loading="eager" onrecto-load={tell}>Not there yet.</recto-article>}
      <output>{told.join(", ")}</output>
    </>
  );
}

createRoot(document.querySelector("#app")).render(<App />);
