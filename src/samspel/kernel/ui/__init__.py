"""The page shell and the components every page is built of. Nothing here knows an app above the kernel."""
