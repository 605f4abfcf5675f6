try{const theme=localStorage.getItem("recto:theme");if(/^(light|dark|sepia|contrast)$/.test(theme))document.documentElement.dataset.theme=theme}catch{}
