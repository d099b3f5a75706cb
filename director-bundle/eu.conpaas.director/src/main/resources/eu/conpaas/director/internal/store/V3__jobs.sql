DROP INDEX operation_open;
CREATE UNIQUE INDEX operation_open ON operation (sid) WHERE finished IS NULL AND sid <> 0;
CREATE UNIQUE INDEX operation_open_application ON operation (aid) WHERE finished IS NULL AND sid = 0;
CREATE TABLE job_note (
  operation TEXT NOT NULL REFERENCES operation (id),
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (operation, name));
