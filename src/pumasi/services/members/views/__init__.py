"""Pages of joining (`joining`), of one's own membership (`mine`) and of the desk (`desk`, `estates`, `requests`)."""
