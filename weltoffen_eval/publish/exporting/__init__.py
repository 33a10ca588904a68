"""One executed notebook as a page, a PDF, a Word document, and in the index."""
