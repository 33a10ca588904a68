"""What has changed since an earlier wave, for any report on one municipality: figure, table, sentences."""
