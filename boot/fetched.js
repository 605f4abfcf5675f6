// A part of the program that is fetched: its script and its wasm.
export const fetched = (js, wasm) => async () => {
  const part = await import(/* @vite-ignore */ js);
  await part.default({ module_or_path: wasm });
  return part;
};
