// A part of the program that is fetched: its script and its wasm, side by side.
export const fetched = (js, wasm) => async () => {
  const code = fetch(wasm);
  code.catch(() => {});
  const part = await import(/* @vite-ignore */ js);
  await part.default({ module_or_path: code });
  return part;
};
