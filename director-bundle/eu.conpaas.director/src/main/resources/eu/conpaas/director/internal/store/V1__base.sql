CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE user (
  uid INTEGER PRIMARY KEY AUTOINCREMENT,
  username TEXT NOT NULL UNIQUE,
  fname TEXT NOT NULL, lname TEXT NOT NULL,
  email TEXT NOT NULL,
  affiliation TEXT NOT NULL,
  password TEXT NOT NULL,
  created INTEGER NOT NULL);
CREATE UNIQUE INDEX user_email ON user (lower(email));

CREATE TABLE application (
  aid INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  user_id INTEGER NOT NULL REFERENCES user (uid),
  created INTEGER NOT NULL,
  deleting INTEGER NOT NULL DEFAULT 0,
  UNIQUE (user_id, name));

CREATE TABLE service (
  sid INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  state TEXT NOT NULL,
  created INTEGER NOT NULL,
  cloud TEXT NOT NULL,
  user_id INTEGER NOT NULL REFERENCES user (uid),
  application_id INTEGER NOT NULL,
  desired TEXT NOT NULL,
  observed TEXT,
  epoch INTEGER NOT NULL,
  manager_node TEXT,
  address TEXT,
  address_node TEXT,
  shared_folder TEXT,
  secrets TEXT NOT NULL,
  unpaid INTEGER NOT NULL DEFAULT 0,
  gone INTEGER);
CREATE INDEX service_user ON service (user_id) WHERE gone IS NULL;
CREATE INDEX service_application ON service (application_id) WHERE gone IS NULL;

CREATE TABLE state_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sid INTEGER NOT NULL, time INTEGER NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL);
CREATE INDEX state_log_sid ON state_log (sid);

CREATE TABLE node (
  id TEXT PRIMARY KEY,
  sid INTEGER NOT NULL, aid INTEGER NOT NULL, uid INTEGER NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  cloud TEXT NOT NULL,
  attempt INTEGER NOT NULL DEFAULT 0,
  token TEXT NOT NULL UNIQUE,
  enrol TEXT,
  public_key TEXT,
  vmid TEXT,
  address TEXT,
  port INTEGER NOT NULL DEFAULT 0,
  shared_folder TEXT,
  epoch INTEGER NOT NULL DEFAULT 0,
  predecessor TEXT,
  created INTEGER NOT NULL,
  heartbeat INTEGER,
  paid_until INTEGER,
  hours INTEGER NOT NULL DEFAULT 0,
  ended INTEGER,
  gone INTEGER NOT NULL DEFAULT 0,
  detail TEXT);
CREATE INDEX node_sid ON node (sid);
CREATE INDEX node_here ON node (gone) WHERE gone = 0;

CREATE TABLE ledger (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  time INTEGER NOT NULL,
  uid INTEGER NOT NULL REFERENCES user (uid),
  kind TEXT NOT NULL CHECK (kind IN ('GRANT', 'HOLD', 'RELEASE', 'CHARGE')),
  node TEXT, hour INTEGER, sid INTEGER,
  amount INTEGER NOT NULL,
  note TEXT NOT NULL);
CREATE INDEX ledger_uid ON ledger (uid);
CREATE UNIQUE INDEX ledger_charge ON ledger (node, hour) WHERE kind = 'CHARGE';
CREATE UNIQUE INDEX ledger_hold ON ledger (node) WHERE kind = 'HOLD';
CREATE UNIQUE INDEX ledger_release ON ledger (node) WHERE kind = 'RELEASE';
CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TABLE operation (
  id TEXT PRIMARY KEY,
  sid INTEGER NOT NULL, aid INTEGER NOT NULL, uid INTEGER NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  plan TEXT NOT NULL,
  target TEXT NOT NULL,
  state_before TEXT NOT NULL,
  error TEXT,
  by TEXT NOT NULL,
  created INTEGER NOT NULL,
  finished INTEGER,
  cancelling INTEGER NOT NULL DEFAULT 0);
CREATE INDEX operation_sid ON operation (sid, created);
CREATE UNIQUE INDEX operation_open ON operation (sid) WHERE finished IS NULL;

CREATE TABLE step (
  operation TEXT NOT NULL REFERENCES operation (id),
  step TEXT NOT NULL,
  state TEXT NOT NULL,
  started INTEGER, finished INTEGER, detail TEXT,
  tries INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (operation, step));

CREATE TABLE duration (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  type TEXT NOT NULL, kind TEXT NOT NULL, seconds REAL NOT NULL);
CREATE INDEX duration_kind ON duration (type, kind);

CREATE TABLE event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  time INTEGER NOT NULL, kind TEXT NOT NULL,
  uid INTEGER NOT NULL, aid INTEGER NOT NULL, sid INTEGER NOT NULL,
  data TEXT NOT NULL);

CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  time INTEGER NOT NULL,
  uid INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, target TEXT NOT NULL, outcome TEXT NOT NULL);
CREATE INDEX audit_uid ON audit (uid);
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

CREATE TABLE content (
  hash TEXT PRIMARY KEY, size INTEGER NOT NULL, uid INTEGER NOT NULL, created INTEGER NOT NULL);
CREATE TABLE content_ref (
  hash TEXT NOT NULL REFERENCES content (hash),
  sid INTEGER NOT NULL, what TEXT NOT NULL,
  PRIMARY KEY (sid, what));
CREATE INDEX content_ref_hash ON content_ref (hash);

CREATE TABLE code_version (
  sid INTEGER NOT NULL, id TEXT NOT NULL,
  filename TEXT NOT NULL, type TEXT NOT NULL, description TEXT NOT NULL, time INTEGER NOT NULL,
  hash TEXT NOT NULL, size INTEGER NOT NULL,
  PRIMARY KEY (sid, id));

CREATE TABLE token (hash TEXT PRIMARY KEY, uid INTEGER NOT NULL REFERENCES user (uid), created INTEGER NOT NULL, expires INTEGER NOT NULL);

CREATE TABLE certificate (serial TEXT PRIMARY KEY, uid INTEGER NOT NULL, node TEXT, expires INTEGER NOT NULL);
CREATE TABLE revocation (serial TEXT PRIMARY KEY, time INTEGER NOT NULL, expires INTEGER NOT NULL, reason TEXT NOT NULL);
