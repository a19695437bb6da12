"""The demo's past: a district like Seocho over eighteen months, made by the operations that the pages use."""
