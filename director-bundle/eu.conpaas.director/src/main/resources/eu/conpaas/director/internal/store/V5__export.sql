CREATE TABLE export (
  id TEXT PRIMARY KEY,
  uid INTEGER NOT NULL,
  aid INTEGER NOT NULL,
  operation TEXT,
  created INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  doc TEXT NOT NULL,
  size INTEGER,
  sha256 TEXT);
CREATE INDEX export_uid ON export (uid);
CREATE TABLE export_content (
  export TEXT NOT NULL REFERENCES export (id),
  hash TEXT NOT NULL REFERENCES content (hash),
  PRIMARY KEY (export, hash));
CREATE INDEX export_content_hash ON export_content (hash);
