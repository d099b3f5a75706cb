-- Changes that callers gave an id of their own, so that a repeated call finds what the first one began.
CREATE TABLE request (
    uid INTEGER NOT NULL,
    id TEXT NOT NULL,
    operation TEXT NOT NULL,
    PRIMARY KEY (uid, id)
) WITHOUT ROWID;
