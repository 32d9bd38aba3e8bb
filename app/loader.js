// Loads the module that wakes the page's island, where the browser can run it; everywhere else the page works as it is.
(function () {
  "use strict";
  var me = document.currentScript;

  // What changes by itself with the module, a page without it shows by being loaded again, if it says so.
  function without() {
    if (me.dataset.reload) setTimeout(function () { location.reload(); }, me.dataset.reload * 1000);
  }

  // A table of `externref`: the youngest feature the module needs. Where it is unknown, so is the content security
  // policy's 'wasm-unsafe-eval', and asking for more than `validate` would put an error into the console.
  var probe = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 4, 4, 1, 111, 0, 0]);
  if (typeof WebAssembly !== "object" || !WebAssembly.validate(probe)) return without();

  function wake(module) {
    module.hydrate();
    var islands = document.querySelectorAll("leptos-island");
    for (var i = 0; i < islands.length; i++) {
      var start = module[islands[i].dataset.component];
      if (start) start(islands[i]);
    }
    document.documentElement.setAttribute("data-hydrated", "");
  }

  import(me.dataset.module).then(function (module) {
    return module.default({ module_or_path: me.dataset.wasm }).then(function () { wake(module); });
  }).catch(function (trouble) {
    without();
    throw trouble;
  });
})();
