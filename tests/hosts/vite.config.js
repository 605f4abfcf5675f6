import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  build: { rollupOptions: { input: ["react.html", "vue.html", "plain.html"] } },
  plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag === "recto-article" } } })],
});
