-- install.sql: what freeze-auditor keeps in a database.
--
--   psql -v ON_ERROR_STOP=1 -d simpeg -f sql/install.sql
--
-- Run it as a superuser or as the owner of the database. It makes the schema freeze_audit with the alert ledger, the
-- approvals table and parse_date(text), and two roles without login. Running it again repairs comments, triggers and
-- privileges and keeps every row. It is one transaction: it happens wholly or not at all.
--
-- It does NOT make the contract view freeze_audit.personnel_action: only the site knows its own tables. After this
-- file, run ONE mapping (mapping-riwayat-jabatan.sql or mapping-teks.sql, adapted), then give the daemon a login:
--
--   CREATE ROLE freeze_auditor LOGIN IN ROLE freeze_auditor_read, freeze_auditor_ledger;
--
-- The ledger may live in another database: run this file there too, and put only freeze_auditor_ledger on that login.
-- Never let the daemon log in as the owner of the schema: an owner can switch the ledger's triggers off.
-- PostgreSQL 13 to 18. Nothing here is needed on the source beyond the schema, the view and parse_date.

BEGIN;

-- A daemon in the middle of a pass holds locks for moments only. Waiting longer than this would queue every reader
-- behind us, so give up instead; the file can simply be run again.
SET LOCAL lock_timeout = '30s';
-- "already exists, skipping" is the expected news of a second run, not worth reading. Warnings still come through.
SET LOCAL client_min_messages = warning;
SET LOCAL search_path = pg_catalog, pg_temp;

---------------------------------------------------------------------------------------------------------------- roles
-- Creating roles takes CREATEROLE, which the owner of one database often lacks. That must not stop the installation:
-- say exactly what is missing and go on; the grants below are skipped for a role that does not exist.

DO $roles$
DECLARE
    wanted  record;
    missing text := '';
BEGIN
    FOR wanted IN
        SELECT * FROM (VALUES
            ('freeze_auditor_read',
             'freeze-auditor: may read the contract view and the approvals, and nothing else'),
            ('freeze_auditor_ledger',
             'freeze-auditor: may append to the alert ledger and hold the lease, never change or delete an event')
        ) AS r (rolname, meaning)
    LOOP
        CONTINUE WHEN EXISTS (SELECT FROM pg_roles WHERE pg_roles.rolname = wanted.rolname);
        BEGIN
            EXECUTE format('CREATE ROLE %I NOLOGIN', wanted.rolname);
            EXECUTE format('COMMENT ON ROLE %I IS %L', wanted.rolname, wanted.meaning);
        EXCEPTION
            WHEN insufficient_privilege THEN
                missing := missing || format(' CREATE ROLE %I NOLOGIN;', wanted.rolname);
            WHEN duplicate_object OR unique_violation THEN
                NULL;  -- somebody installs into another database of the same cluster at this very moment
        END;
    END LOOP;
    IF missing <> '' THEN
        RAISE WARNING 'role % may not create roles; everything else is installed, but no privileges were granted to the missing ones', quote_ident(current_user)
            USING HINT = 'As a superuser run:' || missing || ' Then run install.sql and the mapping again as '
                || quote_ident(current_user) || '.';
    END IF;
END
$roles$;

--------------------------------------------------------------------------------------------------------------- schema
-- Not CREATE SCHEMA IF NOT EXISTS: that asks for CREATE on the database even when the schema is already there.

DO $schema$
BEGIN
    IF to_regnamespace('freeze_audit') IS NULL THEN
        CREATE SCHEMA freeze_audit;
    END IF;
END
$schema$;

COMMENT ON SCHEMA freeze_audit IS
    'freeze-auditor: contract view over the personnel records, approvals, and the append-only alert ledger';

----------------------------------------------------------------------------------------------------------- parse_date
-- Text to date for mappings over text columns. Why not a cast, to_date() or an exception block:
-- a cast follows DateStyle and raises; to_date() makes 2 March of 31/02; an EXCEPTION block is a subtransaction for
-- every row, and forbidden in a parallel worker. So: recognise the shape, compute year*10000 + month*100 + day, check
-- the number, and only then make_date(), which at that point cannot fail.
--
-- Nothing is guessed. What is no full, possible, unambiguous date gives NULL: '2024-03', '2024', two-digit years,
-- one-digit days or months in all-number spellings (2/3/2024 is March to one exporter and February to another),
-- 31/02/2024, infinity. NULL too for the fillers that mean "no date": 0000-00-00, 0001-01-01, 1970-01-01 in any
-- spelling, and every year outside 1945..2199. A time of day must be a possible one; it and its zone are dropped, not
-- converted: the day as written is the day of the decree.
--
-- COLLATE "C": case and digit classes must not depend on the column's collation, and a regular expression raises on a
-- nondeterministic one. search_path is pinned because operators are looked up through it.

CREATE OR REPLACE FUNCTION freeze_audit.parse_date(spelling text) RETURNS date
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog
AS $function$
DECLARE
    written text COLLATE "C" := spelling COLLATE "C";
    ymd     integer;  -- 20240322; 0 stands for "known to be no date"
BEGIN
    -- No date is this long, and a megabyte of text should not meet the regular expressions below.
    IF octet_length(written) > 1000 THEN
        RETURN NULL;
    END IF;

    -- First as found, because nearly all rows of a table share one clean spelling; once more after cleaning.
    FOR attempt IN 1..2 LOOP
        ymd := CASE translate(written, '012345678', '999999999')
            WHEN '9999-99-99' THEN translate(written, '-', '')::integer
            WHEN '99-99-9999' THEN (right(written, 4) || substr(written, 4, 2) || left(written, 2))::integer
            WHEN '99/99/9999' THEN (right(written, 4) || substr(written, 4, 2) || left(written, 2))::integer
            WHEN '9999/99/99' THEN translate(written, '/', '')::integer
            WHEN '99.99.9999' THEN (right(written, 4) || substr(written, 4, 2) || left(written, 2))::integer
            WHEN '99999999' THEN written::integer
            WHEN '' THEN 0
            WHEN '-' THEN 0
            ELSE CASE WHEN written ~ ('^[0-9]{4}-[0-9]{2}-[0-9]{2}'                                           -- day
                    '[Tt ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:\.[0-9]+)?)?'  -- time of day
                    '(?: ?(?:[Zz]|[-+][0-9]{2}(?::?[0-9]{2})?))?$')                          -- zone
                THEN translate(left(written, 10), '-', '')::integer END
            END;
        EXIT WHEN ymd IS NOT NULL OR attempt = 2;
        -- Every kind of blank becomes one plain blank (the no-break ones come from web pages and spreadsheets; the C
        -- collation does not count them among \s), the outer ones go, and with them the apostrophe by which a
        -- spreadsheet marks a cell as text.
        written := regexp_replace(written, '[\s\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]+', ' ', 'g');
        written := btrim(ltrim(written, ' '''));
    END LOOP;

    -- Day, month by name, four-digit year: '02-Feb-2022', '2 Februari 2022'. Plain string functions behind one test:
    -- taking the parts out with regexp_match() costs five times as much.
    IF ymd IS NULL AND written ~ '^[0-9]{1,2}(?: ?[-/.] ?| )[A-Za-z]{3,9}(?: ?[-/.] ?| )[0-9]{4}$' THEN
        ymd := right(written, 4)::integer * 10000
            + rtrim(left(written, 2), ' -/.')::integer
            + 100 * CASE lower(btrim(translate(written, '0123456789', ''), ' -/.'))
                WHEN 'jan' THEN 1   WHEN 'januari' THEN 1    WHEN 'january' THEN 1
                WHEN 'feb' THEN 2   WHEN 'februari' THEN 2   WHEN 'february' THEN 2
                WHEN 'peb' THEN 2   WHEN 'pebruari' THEN 2
                WHEN 'mar' THEN 3   WHEN 'maret' THEN 3      WHEN 'march' THEN 3
                WHEN 'apr' THEN 4   WHEN 'april' THEN 4
                WHEN 'mei' THEN 5   WHEN 'may' THEN 5
                WHEN 'jun' THEN 6   WHEN 'juni' THEN 6       WHEN 'june' THEN 6
                WHEN 'jul' THEN 7   WHEN 'juli' THEN 7       WHEN 'july' THEN 7
                WHEN 'agu' THEN 8   WHEN 'agt' THEN 8        WHEN 'ags' THEN 8        WHEN 'agust' THEN 8
                WHEN 'agustus' THEN 8                        WHEN 'aug' THEN 8        WHEN 'august' THEN 8
                WHEN 'sep' THEN 9   WHEN 'sept' THEN 9       WHEN 'september' THEN 9
                WHEN 'okt' THEN 10  WHEN 'oktober' THEN 10   WHEN 'oct' THEN 10       WHEN 'october' THEN 10
                WHEN 'nov' THEN 11  WHEN 'november' THEN 11  WHEN 'nop' THEN 11       WHEN 'nopember' THEN 11
                WHEN 'des' THEN 12  WHEN 'desember' THEN 12  WHEN 'dec' THEN 12       WHEN 'december' THEN 12
              END;
    END IF;

    RETURN CASE WHEN ymd / 10000 BETWEEN 1945 AND 2199
            AND ymd / 100 % 100 BETWEEN 1 AND 12
            AND ymd % 100 BETWEEN 1 AND CASE
                WHEN ymd / 100 % 100 IN (4, 6, 9, 11) THEN 30
                WHEN ymd / 100 % 100 <> 2 THEN 31
                WHEN ymd / 10000 % 4 = 0 AND ymd / 10000 <> 2100 THEN 29  -- 2000 was a leap year, 2100 will not be
                ELSE 28 END
            AND ymd <> 19700101
        THEN make_date(ymd / 10000, ymd / 100 % 100, ymd % 100) END;
END
$function$;

COMMENT ON FUNCTION freeze_audit.parse_date(text) IS
    'Full date in any spelling met in personnel data, or NULL for partial, impossible, filler or unknown text; never raises, ignores DateStyle, TimeZone and search_path';

------------------------------------------------------------------------------------------------------------ approvals
-- Approval is given per person and post, so the annex of the Minister's letter is kept line by line. No uniqueness:
-- the same person may stand in two letters, or twice in one, and a copied annex must load as it is.

CREATE TABLE IF NOT EXISTS freeze_audit.approval (
    letter_no   text NOT NULL,
    letter_date date,
    nip         text,
    post_to     text,
    region_code text
);

CREATE INDEX IF NOT EXISTS approval_nip_idx ON freeze_audit.approval (nip);
CREATE INDEX IF NOT EXISTS approval_letter_no_idx ON freeze_audit.approval (letter_no);

COMMENT ON TABLE freeze_audit.approval IS
    'Annexes of the written approvals of the Minister of Home Affairs, one line a person; filled by the site';
COMMENT ON COLUMN freeze_audit.approval.letter_no IS 'Number of the approval letter, as printed on it';
COMMENT ON COLUMN freeze_audit.approval.letter_date IS 'Date of the letter; without one the approval settles nothing';
COMMENT ON COLUMN freeze_audit.approval.nip IS 'NIP (18 digits) of the person the annex lists';
COMMENT ON COLUMN freeze_audit.approval.post_to IS 'The new post the annex lists for that person';
COMMENT ON COLUMN freeze_audit.approval.region_code IS 'Kemendagri code of the region the letter was given to; NULL: the site''s own';
COMMENT ON INDEX freeze_audit.approval_nip_idx IS 'Finds the approvals of one person';
COMMENT ON INDEX freeze_audit.approval_letter_no_idx IS 'Finds the annex of one letter';

--------------------------------------------------------------------------------------------------------------- ledger
-- The auditor's own memory: what was found, told, and withdrawn, in an order nobody can alter unseen. Which event
-- names exist is the program's business and grows with it, so the table only refuses an empty one.

CREATE TABLE IF NOT EXISTS freeze_audit.alert_event (
    seq         bigint      NOT NULL CONSTRAINT alert_event_pkey PRIMARY KEY,
    recorded_at timestamptz NOT NULL,
    event       text        NOT NULL CONSTRAINT alert_event_event_not_empty CHECK (event <> ''),
    reason      text        NOT NULL,
    alert_id    text,
    source      text        NOT NULL,
    action_id   text,
    rule        text,
    election    text,
    outcome     text,
    epoch       bigint      NOT NULL,
    body        text        NOT NULL,
    prev_hash   bytea       NOT NULL,
    hash        bytea       NOT NULL
);

-- A body is some 3 kB of text: compressed where the server can do it quickly (14 and later, built with LZ4).
DO $lz4$
BEGIN
    IF current_setting('server_version_num')::int >= 140000 THEN
        EXECUTE 'ALTER TABLE freeze_audit.alert_event ALTER COLUMN body SET COMPRESSION lz4';
    END IF;
EXCEPTION
    WHEN feature_not_supported OR invalid_parameter_value THEN
        NULL;
END
$lz4$;

CREATE INDEX IF NOT EXISTS alert_event_alert_id_seq_idx ON freeze_audit.alert_event (alert_id, seq);

COMMENT ON TABLE freeze_audit.alert_event IS
    'Append-only alert ledger: gapless seq, each row chained to the one before by SHA-256; never updated or deleted';
COMMENT ON COLUMN freeze_audit.alert_event.seq IS '1, 2, 3 ... without a hole; a missing number is a missing event';
COMMENT ON COLUMN freeze_audit.alert_event.recorded_at IS 'When the auditor appended the event';
COMMENT ON COLUMN freeze_audit.alert_event.event IS 'What happened: raised, amended, cleared, withdrawn, acknowledged, or an event of the auditor itself';
COMMENT ON COLUMN freeze_audit.alert_event.reason IS 'Why it happened, as a short fixed word the program owns';
COMMENT ON COLUMN freeze_audit.alert_event.alert_id IS 'Identity of the alert, computed from source, action, rule and election; NULL for events of the auditor itself';
COMMENT ON COLUMN freeze_audit.alert_event.source IS 'Name of the source of records that was being judged';
COMMENT ON COLUMN freeze_audit.alert_event.action_id IS 'The record judged, as the contract view names it';
COMMENT ON COLUMN freeze_audit.alert_event.rule IS 'Rule under which it was judged, such as pasal-71-2';
COMMENT ON COLUMN freeze_audit.alert_event.election IS 'Election, or inauguration, whose window it was judged against';
COMMENT ON COLUMN freeze_audit.alert_event.outcome IS 'Outcome of the judgement at that time';
COMMENT ON COLUMN freeze_audit.alert_event.epoch IS 'Epoch of the lease under which it was appended: tells two daemons apart';
COMMENT ON COLUMN freeze_audit.alert_event.body IS 'Canonical JSON with a version tag: all of these columns and the facts judged; the text that is hashed';
COMMENT ON COLUMN freeze_audit.alert_event.prev_hash IS 'hash of the event before; 32 zero bytes for seq 1';
COMMENT ON COLUMN freeze_audit.alert_event.hash IS 'SHA-256 of prev_hash followed by body in UTF-8';
COMMENT ON CONSTRAINT alert_event_pkey ON freeze_audit.alert_event IS 'One event a number; two appenders at once cannot both get it';
COMMENT ON CONSTRAINT alert_event_event_not_empty ON freeze_audit.alert_event IS 'An event has a name';
COMMENT ON INDEX freeze_audit.alert_event_alert_id_seq_idx IS 'History of one alert, in order';

-- The chain is checked where the rows are kept, so that a wrong program, or a hand at psql, cannot break it: once a
-- statement, over all the rows it added, before anybody else can see them.
-- The planner settings belong to it: planned while the table is tiny, the look-up of the row before would be a
-- sequential scan, kept for the session.

CREATE OR REPLACE FUNCTION freeze_audit.check_append() RETURNS trigger
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog
SET enable_seqscan = off
SET enable_indexscan = on
AS $function$
DECLARE
    first_seq bigint;
    last_seq  bigint;
    last_hash bytea;
    wrong     record;
BEGIN
    SELECT min(a.seq) INTO first_seq FROM appended AS a;
    IF first_seq IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT e.seq, e.hash INTO last_seq, last_hash FROM freeze_audit.alert_event AS e
    WHERE e.seq < first_seq ORDER BY e.seq DESC LIMIT 1;
    IF last_seq IS NULL THEN
        last_seq := 0;
        last_hash := decode(repeat('00', 32), 'hex');
    END IF;
    SELECT c.* INTO wrong FROM (
        SELECT a.seq, last_seq + row_number() OVER (ORDER BY a.seq) AS due,
               a.prev_hash = lag(a.hash, 1, last_hash) OVER (ORDER BY a.seq) AS is_linked,
               a.hash = sha256(a.prev_hash || convert_to(a.body, 'UTF8')) AS is_hashed
        FROM appended AS a
    ) AS c WHERE c.seq <> c.due OR NOT c.is_linked OR NOT c.is_hashed ORDER BY c.seq LIMIT 1;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    IF wrong.seq <> wrong.due THEN
        RAISE EXCEPTION 'alert ledger: seq must be %, not %', wrong.due, wrong.seq
            USING ERRCODE = 'FZ001', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME, COLUMN = 'seq',
                  HINT = 'Lock the lease row, read the last event again, and number from there.';
    END IF;
    IF NOT wrong.is_linked THEN
        RAISE EXCEPTION 'alert ledger: prev_hash of event % is not the hash of the event before it', wrong.seq
            USING ERRCODE = 'FZ002', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME, COLUMN = 'prev_hash',
                  HINT = 'Event 1 follows 32 zero bytes; every other event follows the hash of the last one.';
    END IF;
    RAISE EXCEPTION 'alert ledger: hash of event % does not fit its body', wrong.seq
        USING ERRCODE = 'FZ003', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME, COLUMN = 'hash',
              HINT = 'hash = sha256(prev_hash || body in UTF-8).';
END
$function$;

CREATE OR REPLACE FUNCTION freeze_audit.refuse_change() RETURNS trigger
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog
AS $function$
BEGIN
    RAISE EXCEPTION '% on %.%: the table is append-only', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'FZ004', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME,
              HINT = 'A ledger is evidence. Append an event that corrects the earlier one.';
END
$function$;

COMMENT ON FUNCTION freeze_audit.check_append() IS
    'Trigger: refuses an event that does not continue the chain (FZ001 seq, FZ002 prev_hash, FZ003 hash)';
COMMENT ON FUNCTION freeze_audit.refuse_change() IS
    'Trigger: refuses UPDATE, DELETE and TRUNCATE on an append-only table (FZ004)';

-- "Handed to the log" is appended as well, never updated in place: the row with the largest number counts.

CREATE TABLE IF NOT EXISTS freeze_audit.alert_emitted (
    through_seq bigint      NOT NULL,
    emitted_at  timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT alert_emitted_pkey PRIMARY KEY (through_seq, emitted_at)
);
-- A number is marked again when its event was replaced; a ledger of an earlier version allowed one mark a number.
DO $key$
BEGIN
    IF (SELECT array_length(c.conkey, 1) FROM pg_constraint AS c
        WHERE c.conrelid = 'freeze_audit.alert_emitted'::regclass AND c.contype = 'p') = 1 THEN
        ALTER TABLE freeze_audit.alert_emitted DROP CONSTRAINT alert_emitted_pkey,
            ADD CONSTRAINT alert_emitted_pkey PRIMARY KEY (through_seq, emitted_at);
    END IF;
END
$key$;

COMMENT ON TABLE freeze_audit.alert_emitted IS
    'Append-only marks of what was written to the log; the largest through_seq counts, later events are emitted again after a crash';
COMMENT ON COLUMN freeze_audit.alert_emitted.through_seq IS 'Every event up to and including this seq has been handed to the log';
COMMENT ON COLUMN freeze_audit.alert_emitted.emitted_at IS 'When that was done';
COMMENT ON CONSTRAINT alert_emitted_pkey ON freeze_audit.alert_emitted IS 'One mark a number and moment';

-- Dropped and made again, so that a second run mends a trigger that was altered or disabled; nobody sees the moment
-- without, the locks last until COMMIT. ENABLE ALWAYS: an ordinary trigger sleeps in a session that sets
-- session_replication_role = replica.

DROP TRIGGER IF EXISTS alert_event_append ON freeze_audit.alert_event;
CREATE TRIGGER alert_event_append AFTER INSERT ON freeze_audit.alert_event
    REFERENCING NEW TABLE AS appended
    FOR EACH STATEMENT EXECUTE FUNCTION freeze_audit.check_append();
ALTER TABLE freeze_audit.alert_event ENABLE ALWAYS TRIGGER alert_event_append;
COMMENT ON TRIGGER alert_event_append ON freeze_audit.alert_event IS 'Keeps seq gapless and the hash chain whole';

DROP TRIGGER IF EXISTS alert_event_no_change ON freeze_audit.alert_event;
CREATE TRIGGER alert_event_no_change BEFORE UPDATE OR DELETE ON freeze_audit.alert_event
    FOR EACH ROW EXECUTE FUNCTION freeze_audit.refuse_change();
ALTER TABLE freeze_audit.alert_event ENABLE ALWAYS TRIGGER alert_event_no_change;
COMMENT ON TRIGGER alert_event_no_change ON freeze_audit.alert_event IS 'Events are never changed or deleted';

DROP TRIGGER IF EXISTS alert_event_no_truncate ON freeze_audit.alert_event;
CREATE TRIGGER alert_event_no_truncate BEFORE TRUNCATE ON freeze_audit.alert_event
    FOR EACH STATEMENT EXECUTE FUNCTION freeze_audit.refuse_change();
ALTER TABLE freeze_audit.alert_event ENABLE ALWAYS TRIGGER alert_event_no_truncate;
COMMENT ON TRIGGER alert_event_no_truncate ON freeze_audit.alert_event IS 'The ledger is never emptied';

DROP TRIGGER IF EXISTS alert_emitted_no_change ON freeze_audit.alert_emitted;
CREATE TRIGGER alert_emitted_no_change BEFORE UPDATE OR DELETE ON freeze_audit.alert_emitted
    FOR EACH ROW EXECUTE FUNCTION freeze_audit.refuse_change();
ALTER TABLE freeze_audit.alert_emitted ENABLE ALWAYS TRIGGER alert_emitted_no_change;
COMMENT ON TRIGGER alert_emitted_no_change ON freeze_audit.alert_emitted IS 'Marks are never changed or deleted';

DROP TRIGGER IF EXISTS alert_emitted_no_truncate ON freeze_audit.alert_emitted;
CREATE TRIGGER alert_emitted_no_truncate BEFORE TRUNCATE ON freeze_audit.alert_emitted
    FOR EACH STATEMENT EXECUTE FUNCTION freeze_audit.refuse_change();
ALTER TABLE freeze_audit.alert_emitted ENABLE ALWAYS TRIGGER alert_emitted_no_truncate;
COMMENT ON TRIGGER alert_emitted_no_truncate ON freeze_audit.alert_emitted IS 'Marks are never emptied';

---------------------------------------------------------------------------------------------------------------- lease
-- Two daemons may run (a standby host, a forgotten test). Whoever appends locks this row FOR UPDATE first and checks
-- that holder and epoch are still its own; so appends are serialised and a daemon that lost the lease cannot append.

CREATE TABLE IF NOT EXISTS freeze_audit.lease (
    name        text        NOT NULL CONSTRAINT lease_pkey PRIMARY KEY,
    holder      text        NOT NULL,
    epoch       bigint      NOT NULL,
    expires_at  timestamptz NOT NULL,
    acquired_at timestamptz NOT NULL
);

COMMENT ON TABLE freeze_audit.lease IS 'Who may append to the ledger now; the row ''daemon'' is locked by every appender';
COMMENT ON COLUMN freeze_audit.lease.name IS 'What is leased; only ''daemon'' is in use';
COMMENT ON COLUMN freeze_audit.lease.holder IS 'Instance that holds it; empty when none ever did';
COMMENT ON COLUMN freeze_audit.lease.epoch IS 'Grows by one at each change of holder; copied into every event';
COMMENT ON COLUMN freeze_audit.lease.expires_at IS 'From then on another instance may take it';
COMMENT ON COLUMN freeze_audit.lease.acquired_at IS 'When the present holder took it';
COMMENT ON CONSTRAINT lease_pkey ON freeze_audit.lease IS 'One row a lease';

-- No role may insert here, so the row must come from this file. Should it have been lost, the epoch must not start
-- again below one that the ledger has already seen.
INSERT INTO freeze_audit.lease (name, holder, epoch, expires_at, acquired_at)
SELECT 'daemon', '', coalesce(max(e.epoch), 0), timestamptz '1970-01-01 00:00:00+00', timestamptz '1970-01-01 00:00:00+00'
FROM freeze_audit.alert_event AS e
ON CONFLICT (name) DO NOTHING;

---------------------------------------------------------------------------------------------------------------- health
-- What `freeze-auditor status` reads. The latest state of each source only; history is in the ledger and the log.

CREATE TABLE IF NOT EXISTS freeze_audit.source_health (
    source             text        NOT NULL CONSTRAINT source_health_pkey PRIMARY KEY,
    state              text        NOT NULL,
    cause              text,
    last_pass_at       timestamptz,
    last_good_at       timestamptz,
    records_read       bigint,
    view_signature     text,
    findings           bigint,
    unjudgeable        bigint,
    unjudgeable_digest text,
    updated_at         timestamptz NOT NULL DEFAULT now()
);

COMMENT ON TABLE freeze_audit.source_health IS 'Latest state of each source of records, for the status command and the next pass';
COMMENT ON COLUMN freeze_audit.source_health.source IS 'Name of the source';
COMMENT ON COLUMN freeze_audit.source_health.state IS 'Whether the last pass could evaluate it; the program owns the words';
COMMENT ON COLUMN freeze_audit.source_health.cause IS 'Why it could not be evaluated; NULL when it could';
COMMENT ON COLUMN freeze_audit.source_health.last_pass_at IS 'When a pass was last tried';
COMMENT ON COLUMN freeze_audit.source_health.last_good_at IS 'When a pass last judged the whole set';
COMMENT ON COLUMN freeze_audit.source_health.records_read IS 'Records read by the last good pass; a sharp fall is suspicious';
COMMENT ON COLUMN freeze_audit.source_health.view_signature IS 'Columns and types of the contract view then; a change is suspicious';
COMMENT ON COLUMN freeze_audit.source_health.findings IS 'Records with a finding in the last good pass';
COMMENT ON COLUMN freeze_audit.source_health.unjudgeable IS 'Records that could not be judged in the last good pass';
COMMENT ON COLUMN freeze_audit.source_health.unjudgeable_digest IS 'Digest of the set of those records; one data_quality event when it changes';
COMMENT ON COLUMN freeze_audit.source_health.updated_at IS 'When this row was last written';
COMMENT ON CONSTRAINT source_health_pkey ON freeze_audit.source_health IS 'One row a source';

----------------------------------------------------------------------------------------------------------- privileges
-- From nothing upwards, every time: what a role was given by hand or by an earlier version goes away first.
-- Not touched, because other programs may rest on it: PUBLIC's right to create in schema public (PostgreSQL 14 and
-- older) and to make temporary tables. REVOKE CREATE ON SCHEMA public FROM PUBLIC is advised there.

REVOKE ALL ON SCHEMA freeze_audit FROM PUBLIC;
REVOKE ALL ON freeze_audit.approval, freeze_audit.alert_event, freeze_audit.alert_emitted, freeze_audit.lease,
    freeze_audit.source_health FROM PUBLIC;
REVOKE ALL ON FUNCTION freeze_audit.parse_date(text), freeze_audit.check_append(), freeze_audit.refuse_change() FROM PUBLIC;

DO $privileges$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'freeze_auditor_read') THEN
        REVOKE ALL ON freeze_audit.approval, freeze_audit.alert_event, freeze_audit.alert_emitted, freeze_audit.lease,
            freeze_audit.source_health FROM freeze_auditor_read;
        REVOKE ALL ON FUNCTION freeze_audit.parse_date(text), freeze_audit.check_append(), freeze_audit.refuse_change()
            FROM freeze_auditor_read;
        REVOKE ALL ON SCHEMA freeze_audit FROM freeze_auditor_read;
        GRANT USAGE ON SCHEMA freeze_audit TO freeze_auditor_read;
        GRANT SELECT ON freeze_audit.approval TO freeze_auditor_read;
        -- A view runs its functions as the one who reads it, not as its owner: a mapping over text needs this.
        GRANT EXECUTE ON FUNCTION freeze_audit.parse_date(text) TO freeze_auditor_read;
        -- The view, if there already, may belong to another role; then its owner has to grant it.
        IF to_regclass('freeze_audit.personnel_action') IS NOT NULL THEN
            BEGIN
                GRANT SELECT ON freeze_audit.personnel_action TO freeze_auditor_read;
            EXCEPTION WHEN insufficient_privilege THEN
                RAISE WARNING 'freeze_audit.personnel_action belongs to another role; privileges on it are left as they are'
                    USING HINT = 'Its owner runs: GRANT SELECT ON freeze_audit.personnel_action TO freeze_auditor_read;';
            END;
        END IF;
    END IF;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'freeze_auditor_ledger') THEN
        REVOKE ALL ON freeze_audit.approval, freeze_audit.alert_event, freeze_audit.alert_emitted, freeze_audit.lease,
            freeze_audit.source_health FROM freeze_auditor_ledger;
        REVOKE ALL ON FUNCTION freeze_audit.parse_date(text), freeze_audit.check_append(), freeze_audit.refuse_change()
            FROM freeze_auditor_ledger;
        REVOKE ALL ON SCHEMA freeze_audit FROM freeze_auditor_ledger;
        GRANT USAGE ON SCHEMA freeze_audit TO freeze_auditor_ledger;
        GRANT SELECT ON freeze_audit.approval TO freeze_auditor_ledger;
        GRANT SELECT, INSERT ON freeze_audit.alert_event, freeze_audit.alert_emitted TO freeze_auditor_ledger;
        -- UPDATE is what SELECT ... FOR UPDATE asks for; the row itself is made above and never deleted.
        GRANT SELECT, UPDATE ON freeze_audit.lease TO freeze_auditor_ledger;
        GRANT SELECT, INSERT, UPDATE ON freeze_audit.source_health TO freeze_auditor_ledger;
    END IF;
END
$privileges$;

COMMIT;
