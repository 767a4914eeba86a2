// The container that JupyterLab loads; written by hand, there is no build step.
(() => {
  const here = document.currentScript.src;
  let scope;

  // a library that JupyterLab itself uses, by its package name
  const shared = async (name) => {
    const versions = scope[name];
    return (await Object.values(versions)[0].get())();
  };

  (window._JUPYTERLAB ??= {}).coursekit = {
    init: (given) => {
      scope = given;
    },
    get: async () => {
      const { plugin } = await import(new URL("course.js", here).href);
      const made = await plugin(shared, here);
      return () => ({ __esModule: true, default: made });
    },
  };
})();
