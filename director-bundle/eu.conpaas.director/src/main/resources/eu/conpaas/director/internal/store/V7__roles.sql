-- Administrators, accounts that are disabled or deleted, and what is given out once: invitations and rights to set a password.
ALTER TABLE user ADD COLUMN admin INTEGER NOT NULL DEFAULT 0;
ALTER TABLE user ADD COLUMN disabled INTEGER;
ALTER TABLE user ADD COLUMN reason TEXT;
ALTER TABLE user ADD COLUMN deleted INTEGER;

CREATE TABLE invitation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  hash TEXT NOT NULL UNIQUE,
  email TEXT, credit INTEGER NOT NULL, note TEXT NOT NULL, by TEXT NOT NULL,
  created INTEGER NOT NULL, expires INTEGER NOT NULL,
  used INTEGER, uid INTEGER, withdrawn INTEGER);

CREATE TABLE password_right (
  hash TEXT PRIMARY KEY,
  uid INTEGER NOT NULL REFERENCES user (uid),
  expires INTEGER NOT NULL);

-- When the sign-in a token came from is over; tokens of before are not renewed.
ALTER TABLE token ADD COLUMN ends INTEGER;

-- Credits given by an administrator, so that a repeated call gives them once.
CREATE TABLE given (
  request TEXT PRIMARY KEY,
  uid INTEGER NOT NULL, amount INTEGER NOT NULL);

-- Users of an application beside its owner, and owners to be.
CREATE TABLE member (
  aid INTEGER NOT NULL, uid INTEGER NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('DEVELOPER', 'VIEWER')),
  since INTEGER NOT NULL, by TEXT NOT NULL,
  PRIMARY KEY (aid, uid)) WITHOUT ROWID;
CREATE INDEX member_uid ON member (uid);
CREATE TABLE handover (
  aid INTEGER PRIMARY KEY,
  uid INTEGER NOT NULL,
  stay TEXT,
  offered INTEGER NOT NULL, expires INTEGER NOT NULL, by TEXT NOT NULL);

-- The uid in the certificates of a service's nodes: its first owner's, whoever owns it later.
ALTER TABLE service ADD COLUMN tenant INTEGER NOT NULL DEFAULT 0;
UPDATE service SET tenant = user_id;
ALTER TABLE node ADD COLUMN tenant INTEGER NOT NULL DEFAULT 0;
UPDATE node SET tenant = uid;

-- Who did it (uid says whose matter it was) and in which application.
ALTER TABLE audit ADD COLUMN actor_uid INTEGER NOT NULL DEFAULT 0;
ALTER TABLE audit ADD COLUMN aid INTEGER NOT NULL DEFAULT 0;
CREATE INDEX audit_actor ON audit (actor_uid);
CREATE INDEX operation_aid ON operation (aid, created);
