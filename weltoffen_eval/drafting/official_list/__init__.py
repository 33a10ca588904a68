"""The official list of municipalities (Gemeindeverzeichnis of Destatis), and a register from it."""
