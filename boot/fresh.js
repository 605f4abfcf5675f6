{const visit=performance.getEntriesByType("navigation")[0];if(visit?.type==="navigate"&&parent===window&&!(visit.name+location).includes("#"))document.documentElement.dataset.fresh=""}
