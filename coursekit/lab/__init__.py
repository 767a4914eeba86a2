"""JupyterLab on a course folder."""
