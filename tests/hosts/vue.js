import { createApp } from "vue";
import "recto-article";
import App from "./App.vue";

createApp(App).mount("#app");
