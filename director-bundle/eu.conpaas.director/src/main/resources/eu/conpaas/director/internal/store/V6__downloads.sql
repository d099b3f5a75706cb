CREATE TABLE download_right (
  token TEXT PRIMARY KEY,
  hash TEXT NOT NULL, filename TEXT NOT NULL,
  uid INTEGER NOT NULL,
  expires INTEGER NOT NULL);
