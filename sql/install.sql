-- install.sql: what freeze-auditor keeps in a database.
--
--   psql -v ON_ERROR_STOP=1 -d simpeg -f sql/install.sql
--
-- Run it as a superuser or as the owner of the database. It makes the schema freeze_audit with the alert ledger, the
-- approvals table and parse_date, and two roles without login. Running it again repairs comments, triggers and
-- privileges and keeps every row. It is one transaction: it happens wholly or not at all.
--
-- It does NOT make the contract view freeze_audit.personnel_action: only the site knows its own tables. After this
-- file, run ONE mapping (mapping-riwayat-jabatan.sql or mapping-teks.sql, adapted), then give the daemon a login:
--
--   CREATE ROLE freeze_auditor LOGIN IN ROLE freeze_auditor_read, freeze_auditor_ledger;
--
-- The ledger may live in another database: run this file there too, and put only freeze_auditor_ledger on that login.
-- Never let the daemon log in as the owner of the schema: an owner can switch the ledger's triggers off.
-- An older ledger is brought up to date: what a table of an earlier version lacks is added, no row is lost, and
-- freeze_audit.schema_version tells what stands there. A ledger made by a later version is left alone.
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

-------------------------------------------------------------------------------------------------------------- version
-- 1: everything before this table was there. 2: this table; parse_date loses nothing. 3: what is open is folded as it is written.
-- The program says which versions it can work with (LedgerSchema.swift). Whoever changes a table here raises the number, adds
-- the change for tables that are there already, and keeps the file as it was under Tests.

DO $version$
DECLARE
    found integer;
BEGIN
    IF to_regclass('freeze_audit.schema_version') IS NOT NULL THEN
        EXECUTE 'SELECT max(version) FROM freeze_audit.schema_version' INTO found;
        IF found > 3 THEN
            RAISE EXCEPTION 'freeze_audit is of version % here, made by a later freeze-auditor; this install.sql knows up to 3', found
                USING HINT = 'Use the install.sql of the newest package (/usr/share/freeze-auditor/sql). Nothing was changed.';
        END IF;
    END IF;
END
$version$;

CREATE TABLE IF NOT EXISTS freeze_audit.schema_version (
    version      integer     NOT NULL CONSTRAINT schema_version_pkey PRIMARY KEY,
    installed_at timestamptz NOT NULL DEFAULT now()
);

COMMENT ON TABLE freeze_audit.schema_version IS 'Versions of this schema that were installed here; the largest one holds';
COMMENT ON COLUMN freeze_audit.schema_version.version IS 'Raised with every change of a table that the program rests on';
COMMENT ON COLUMN freeze_audit.schema_version.installed_at IS 'When install.sql first brought the schema to it';
COMMENT ON CONSTRAINT schema_version_pkey ON freeze_audit.schema_version IS 'One row a version';

COMMENT ON SCHEMA freeze_audit IS
    'freeze-auditor: contract view over the personnel records, approvals, and the append-only alert ledger';

----------------------------------------------------------------------------------------------------------- parse_date
-- Text to date for mappings over text columns. Why not a cast, to_date() or an exception block:
-- a cast follows DateStyle and raises; to_date() makes 2 March of 31/02; an EXCEPTION block is a subtransaction for
-- every row, and forbidden in a parallel worker. So: recognise the shape, check the numbers, and only then make_date(),
-- which at that point cannot fail.
--
-- It gives
--   a day for every spelling of one day: '2024-03-22', '22/3/2024 00.00', 'Jum''at, 22 Maret 2024', '22-Mar-24';
--   NULL only for what says "no date": nothing, signs, a word such as 'belum ada', and the fillers of programs
--     (0000-00-00, 0001-01-01, 1970-01-01, 1900-01-01, 30/12/1899, 9999-12-31, infinity), in any spelling;
--   a reserved date before Christ for everything else, so that nothing that is written is ever taken for nothing, also
--     where the view has no source_dates. The auditor knows them; no act of this country is so old:
--       4713-01-01 BC                  a text that nobody can read, an impossible day, a year outside 1945..2199
--       2024-03-01 BC, 2024-01-02 BC   the rest, the year 2024
--       a day 4800 years earlier       an instant that is this day in WIB and WITA, and the next one in WIT
--       a day 5200 years earlier       an instant that is this day in WIB, and the next one in WITA and WIT
--       a day 5600 years earlier       this day, by a spelling that can only be month-first (03/25/2024)
-- A time without a zone is dropped: the day as written is the day of the decree. A time with a zone is an instant; its
-- day is that of Indonesia, never that of the session ('2024-03-21T17:00:00Z' is 22 March in Jakarta).
-- Two numbers before a year are day and month. For a column of an English Excel: parse_date(column, 'MDY').
--
-- COLLATE "C": case and digit classes must not depend on the column's collation, and a regular expression raises on a
-- nondeterministic one. search_path is pinned because operators are looked up through it.

CREATE OR REPLACE FUNCTION freeze_audit.parse_date(spelling text) RETURNS date
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog
AS $function$
DECLARE
    unreadable constant date := '4713-01-01 BC';
    weekday text;
    written text COLLATE "C" := spelling COLLATE "C";
    shape   text COLLATE "C";
    clock   text COLLATE "C";
    found   text[];
    rest    text COLLATE "C";
    y       integer;
    m       integer;
    d       integer;
    utc     integer;           -- minute of the day in UTC, where a zone is written
    wib     integer := 0;      -- by how many days the day as written lies before that of the zone
    wita    integer := 0;
    wit     integer := 0;
    in_numbers boolean := false;  -- day and month both in numbers, before the year
    month_first boolean := false;
    timed boolean := false;
    v       date;
BEGIN
    -- Nearly all rows of a table share one of these clean spellings, with or without a time of day.
    shape := translate(written, '012345678Tt', '999999999  ');
    clock := substr(shape, 11);
    IF clock = '' OR clock IN (' 99:99:99', ' 99.99.99', ' 99:99', ' 99.99') AND substr(written, 12, 2) < '24'
        AND substr(written, 15, 2) < '60' AND substr(written, 18, 2) <= '60'
    THEN
        timed := clock <> '';
        CASE left(shape, 10)
            WHEN '9999-99-99', '9999/99/99' THEN
                y := left(written, 4); m := substr(written, 6, 2); d := substr(written, 9, 2);
            WHEN '99-99-9999', '99/99/9999', '99.99.9999' THEN
                y := substr(written, 7, 4); m := substr(written, 4, 2); d := left(written, 2); in_numbers := true;
            WHEN '99999999' THEN
                y := left(written, 4); m := substr(written, 5, 2); d := right(written, 2);
            WHEN '', '-' THEN
                RETURN NULL;
            ELSE
                timed := false;
        END CASE;
    END IF;

    IF y IS NULL THEN
        -- No date is this long, and a megabyte of text should not meet the regular expressions below.
        IF octet_length(written) > 1000 THEN
            RETURN unreadable;
        END IF;
        -- Every kind of blank becomes a plain one, marks of no width go, typographic quotes and dashes become plain.
        IF written ~ '[^ -~]' THEN
            written := regexp_replace(written, '[\u0009-\u000d\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]', ' ', 'g');
            written := regexp_replace(written, '[\u0001-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]', '', 'g');
            written := regexp_replace(written, '[\u00b4\u2018-\u201b\u2032]', '''', 'g');
            written := regexp_replace(written, '[\u201c-\u201f]', '"', 'g');
            written := regexp_replace(written, '[\u2010-\u2015\u2212]', '-', 'g');
            IF written ~ '[^ -~]' THEN
                RETURN unreadable;
            END IF;
        END IF;
        written := lower(translate(written, '`', ''''));
        IF strpos(written, '  ') > 0 THEN
            written := regexp_replace(written, ' +', ' ', 'g');
        END IF;
        -- The apostrophe by which a spreadsheet marks a cell as text, and its ="...".
        written := rtrim(ltrim(written, ' '''), ' ');
        IF right(written, 1) = '"' AND written ~ '^=?".*"$' AND length(written) >= 2 + (left(written, 1) = '=')::integer THEN
            written := rtrim(ltrim(substr(ltrim(written, '='), 2, length(ltrim(written, '=')) - 2), ' '''), ' ');
        END IF;

        IF btrim(written, '-./_* ') = '' OR left(written, 1) = '0' AND written ~ '^0+(?:[.,]0+)?$' OR written IN (
            'null', '(null)', '[null]', '<null>', 'nil', 'none', 'n/a', 'n.a.', 'n.a', 'na', '#n/a', '#na', '<na>',
            'nat', 'pd.nat', 'nan', '#null!', 'undefined', '\n', 'kosong', '(kosong)', 'nihil', '(blank)', 'blank',
            'empty', '(empty)', 'tidak ada', '(tidak ada)', 'tdk ada', 'tak ada',
            'belum', 'belum ada', '(belum ada)', 'blm ada', 'blm', 'belum dilantik', 'belum pelantikan',
            'belum ada tanggal', 'tidak ada tanggal', 'tanpa tanggal', 'tidak dilantik',
            'infinity', '-infinity', '+infinity')
        THEN
            RETURN NULL;
        END IF;

        -- Names of days; the longest that fits is taken.
        weekday := '(?:senin|selasa|rabu|kamis|jumat|jum''at|sabtu|minggu|ahad|sen|sel|rab|kam|jum|sab|min|mgg|ahd'
            '|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues|tue|wed|thurs|thur|thu|fri|sat|sun)';

        -- First the whole as a date; where it is none, without its time of day.
        FOR attempt IN 1..2 LOOP
            IF attempt = 2 THEN
                written := regexp_replace(written, '([0-9])t([0-9])', '\1 \2');
                -- Java: 'fri mar 22 00:00:00 wib 2024'
                written := regexp_replace(written,
                    '^([a-z]+ [a-z]+ [0-9]{1,2}) ([0-9]{2}:[0-9]{2}:[0-9]{2} [a-z]{1,4}) ([0-9]{4})$', '\1 \3 \2');
                found := regexp_match(written, '^(.*) ([0-9]{1,2})[:.]([0-9]{2})(?:[:.]([0-9]{2})(?:[.,][0-9]+)?)?'
                    ' ?(?:(am|pm) ?)?'
                    '(?:(z|utc|gmt|wib|wita|wit)|(?:utc|gmt)?([-+])([0-9]{1,2}?)(?::?([0-9]{2}))?)?(?: ?\([a-z ]*\))?$');
                EXIT WHEN found IS NULL;
                timed := true;
                IF found[2]::integer > 23 OR found[3]::integer > 59 OR coalesce(found[4]::integer, 0) > 60
                    OR found[5] IS NOT NULL AND found[2]::integer NOT BETWEEN 1 AND 12
                    OR coalesce(found[8]::integer, 0) > 14 OR coalesce(found[9]::integer, 0) > 59
                THEN
                    RETURN unreadable;
                END IF;
                utc := CASE found[5] WHEN 'am' THEN found[2]::integer % 12 WHEN 'pm' THEN found[2]::integer % 12 + 12
                    ELSE found[2]::integer END * 60 + found[3]::integer
                    - CASE
                        WHEN found[6] IN ('z', 'utc', 'gmt') THEN 0
                        WHEN found[6] = 'wib' THEN 420
                        WHEN found[6] = 'wita' THEN 480
                        WHEN found[6] = 'wit' THEN 540
                        WHEN found[7] = '+' THEN found[8]::integer * 60 + coalesce(found[9]::integer, 0)
                        WHEN found[7] = '-' THEN -(found[8]::integer * 60 + coalesce(found[9]::integer, 0))
                      END;
                written := rtrim(regexp_replace(rtrim(found[1], ' ,'), ' (?:pukul|pkl|pk|jam|at)[.:]?$', ''), ' ,');
            END IF;

            CONTINUE WHEN attempt = 1 AND strpos(written, ':') > 0 AND left(written, 1) < 'a';

            -- The name of the day, before or behind; 'tanggal' before it; signs and the 'M' of the era behind.
            rest := written;
            IF left(rest, 1) >= 'a' THEN
                rest := regexp_replace(rest, '^(?:hari )?' || weekday || '(?:[.,/ -]+|$)', '');
            END IF;
            IF right(rest, 1) >= 'a' OR right(rest, 1) = ')' THEN
                rest := regexp_replace(rest, '[ ,(]+' || weekday || '\)?$', '');
            END IF;
            IF left(rest, 1) = 't' THEN
                rest := regexp_replace(rest, '^(?:tanggal|tgl)[. :]*', '');
            END IF;
            rest := rtrim(rest, '.,; ');
            IF right(rest, 2) = ' m' THEN
                rest := left(rest, -2);
            END IF;
            IF rest IN ('-0001-11-30', '30-11--0001', '30/11/-0001', '30.11.-0001', '11/30/-0001') THEN
                RETURN NULL;
            END IF;

            IF rest ~ '^[0-9]' AND rest !~ '[a-z]' THEN
                found := regexp_match(rest, '^([0-9]{4})(?:[-/., ]+([0-9]{1,2}))?(?:[-/., ]+([0-9]{1,2}))?$');
                IF found IS NOT NULL THEN
                    y := found[1]; m := coalesce(found[2], '0'); d := coalesce(found[3], '0');
                ELSE
                    found := regexp_match(rest, '^(?:([0-9]{1,2})[-/., ]+)?([0-9]{1,2})[-/., ]+([0-9]{4})$');
                    IF found IS NOT NULL THEN
                        y := found[3]; m := found[2]; d := coalesce(found[1], '0'); in_numbers := found[1] IS NOT NULL;
                    ELSIF rest ~ '^[0-9]{8}$' OR rest ~ '^[0-9]{8}(?:[01][0-9]|2[0-3])[0-5][0-9](?:[0-5][0-9]|60)$' THEN
                        y := left(rest, 4); m := substr(rest, 5, 2); d := substr(rest, 7, 2);
                    END IF;
                END IF;
            ELSE
                found := regexp_match(rest, '^(?:([0-9]{1,2})[-/., ]*)?([a-z]+)[-/., ]*([0-9]{4})$');
                IF found IS NULL THEN
                    found := regexp_match(rest, '^([0-9]{1,2})[-/., ]*([a-z]+)[-/., ]*([0-9]{2})$');
                    IF found IS NOT NULL THEN
                        -- With the month by name the two digits can only be the year; as POSIX reads them.
                        found[3] := CASE WHEN found[3]::integer < 69 THEN '20' ELSE '19' END || found[3];
                    END IF;
                END IF;
                IF found IS NULL THEN
                    found := regexp_match(rest, '^([a-z]+)[-/., ]*([0-9]{1,2})[-/., ]+([0-9]{4})$');
                    IF found IS NOT NULL THEN
                        found := ARRAY[found[2], found[1], found[3]];
                    END IF;
                END IF;
                IF found IS NULL THEN
                    found := regexp_match(rest, '^([0-9]{4})[-/., ]*([a-z]+)(?:[-/., ]*([0-9]{1,2}))?$');
                    IF found IS NOT NULL THEN
                        found := ARRAY[found[3], found[2], found[1]];
                    END IF;
                END IF;
                m := CASE found[2]
                    WHEN 'jan' THEN 1   WHEN 'januari' THEN 1    WHEN 'january' THEN 1     WHEN 'i' THEN 1
                    WHEN 'feb' THEN 2   WHEN 'februari' THEN 2   WHEN 'february' THEN 2    WHEN 'ii' THEN 2
                    WHEN 'peb' THEN 2   WHEN 'pebruari' THEN 2
                    WHEN 'mar' THEN 3   WHEN 'maret' THEN 3      WHEN 'march' THEN 3       WHEN 'iii' THEN 3
                    WHEN 'mrt' THEN 3
                    WHEN 'apr' THEN 4   WHEN 'april' THEN 4      WHEN 'iv' THEN 4
                    WHEN 'mei' THEN 5   WHEN 'may' THEN 5        WHEN 'v' THEN 5
                    WHEN 'jun' THEN 6   WHEN 'juni' THEN 6       WHEN 'june' THEN 6        WHEN 'vi' THEN 6
                    WHEN 'jul' THEN 7   WHEN 'juli' THEN 7       WHEN 'july' THEN 7        WHEN 'vii' THEN 7
                    WHEN 'agu' THEN 8   WHEN 'agt' THEN 8        WHEN 'ags' THEN 8         WHEN 'agust' THEN 8
                    WHEN 'agst' THEN 8  WHEN 'agus' THEN 8       WHEN 'agts' THEN 8        WHEN 'viii' THEN 8
                    WHEN 'agustus' THEN 8                        WHEN 'aug' THEN 8         WHEN 'august' THEN 8
                    WHEN 'sep' THEN 9   WHEN 'sept' THEN 9       WHEN 'september' THEN 9   WHEN 'ix' THEN 9
                    WHEN 'okt' THEN 10  WHEN 'oktober' THEN 10   WHEN 'oct' THEN 10        WHEN 'october' THEN 10
                    WHEN 'x' THEN 10
                    WHEN 'nov' THEN 11  WHEN 'november' THEN 11  WHEN 'nop' THEN 11        WHEN 'nopember' THEN 11
                    WHEN 'xi' THEN 11
                    WHEN 'des' THEN 12  WHEN 'desember' THEN 12  WHEN 'dec' THEN 12        WHEN 'december' THEN 12
                    WHEN 'xii' THEN 12
                  END;
                IF m IS NOT NULL THEN
                    y := found[3]; d := coalesce(found[1], '0');
                END IF;
            END IF;
            EXIT WHEN y IS NOT NULL;
        END LOOP;
        IF y IS NULL THEN
            RETURN unreadable;
        END IF;
    END IF;

    -- Two numbers before the year, of which only the first can be a month.
    IF in_numbers AND m > 12 AND d BETWEEN 1 AND 12 THEN
        month_first := true;
        d := d + m;
        m := d - m;
        d := d - m;
    END IF;
    -- The zero of MySQL, Go, .NET, Unix, Excel, LibreOffice and SQL Server, and the last day of all.
    IF y = 0 AND m = 0 AND d = 0 OR y = 1 AND m = 1 AND d = 1 OR y = 1970 AND m = 1 AND d = 1
        OR y = 1899 AND m = 12 AND d IN (30, 31) OR y = 1900 AND m <= 1 AND d <= 1
        OR y IN (1753, 1904) AND m = 1 AND d = 1 OR y = 9999 AND m = 12 AND d = 31
    THEN
        RETURN NULL;
    END IF;
    IF y NOT BETWEEN 1945 AND 2199 OR m > 12 THEN
        RETURN unreadable;
    END IF;
    IF m = 0 OR d = 0 THEN
        RETURN CASE WHEN timed OR d > 0 THEN unreadable WHEN m = 0 THEN make_date(-y, 1, 2) ELSE make_date(-y, m, 1) END;
    END IF;
    IF d > (CASE
        WHEN m IN (4, 6, 9, 11) THEN 30
        WHEN m <> 2 THEN 31
        WHEN y % 4 = 0 AND y <> 2100 THEN 29  -- 2000 was a leap year, 2100 will not be
        ELSE 28 END)
    THEN
        RETURN unreadable;
    END IF;
    v := make_date(y, m, d);
    IF utc IS NULL AND NOT month_first THEN
        RETURN v;
    END IF;
    IF utc IS NOT NULL THEN
        wib := (utc + 420 + 2880) / 1440 - 2;
        wita := (utc + 480 + 2880) / 1440 - 2;
        wit := (utc + 540 + 2880) / 1440 - 2;
    END IF;
    v := v + wib;
    IF v < date '1945-01-01' OR v + (wit - wib) > date '2199-12-31' THEN
        RETURN unreadable;
    END IF;
    -- 146097 days are 400 years.
    RETURN CASE
        WHEN wib = wit AND v = date '1970-01-01' THEN NULL
        WHEN month_first AND wib = wit THEN v - 14 * 146097
        WHEN month_first THEN unreadable
        WHEN wib = wit THEN v
        WHEN wib = wita THEN v - 12 * 146097
        ELSE v - 13 * 146097
    END;
END
$function$;

COMMENT ON FUNCTION freeze_audit.parse_date(text) IS
    'A day in any spelling met in personnel data; NULL for what says "no date"; a reserved date before Christ for a rest, a year and any text that is no date. Never raises, ignores DateStyle, TimeZone and search_path';

-- For a column whose numbers stand month first, as an English Excel writes them: parse_date(column, 'MDY').

CREATE OR REPLACE FUNCTION freeze_audit.parse_date(spelling text, day_order text) RETURNS date
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog
AS $function$
DECLARE
    v date;
BEGIN
    IF upper(day_order COLLATE "C") = 'DMY' THEN
        RETURN freeze_audit.parse_date(spelling);
    ELSIF upper(day_order COLLATE "C") <> 'MDY' THEN
        RETURN date '4713-01-01 BC';
    END IF;
    v := freeze_audit.parse_date(regexp_replace(left(spelling, 1001) COLLATE "C",
        '^([^0-9]*)([0-9]{1,2})([-/., ]+)([0-9]{1,2})([-/., ]+[0-9]{4}(?:[^0-9]|$))', '\1\4\3\2\5'));
    -- Turned round it can only be month-first: as written it is day-first, which this column says it is not.
    RETURN CASE WHEN v BETWEEN date '3657-01-01 BC' AND date '3402-12-31 BC' THEN date '4713-01-01 BC' ELSE v END;
END
$function$;

COMMENT ON FUNCTION freeze_audit.parse_date(text, text) IS
    'The same for a column whose numbers stand in another order: ''MDY'' month first, ''DMY'' day first';

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

ALTER TABLE freeze_audit.approval ADD COLUMN IF NOT EXISTS region_code text;

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

-- The last word on the auditor itself is found without looking at every alert.
CREATE INDEX IF NOT EXISTS alert_event_source_event_seq_idx ON freeze_audit.alert_event (source, event, seq)
    WHERE alert_id IS NULL;
COMMENT ON INDEX freeze_audit.alert_event_source_event_seq_idx IS 'Events of the auditor itself, by source and name';

-- What is open, folded from the events as they are appended: a daemon that starts reads these and not the whole ledger.
-- Derived: alert_event is the evidence, and install.sql makes these anew from it.

CREATE TABLE IF NOT EXISTS freeze_audit.alert_open (
    alert_id    text        NOT NULL CONSTRAINT alert_open_pkey PRIMARY KEY,
    source      text        NOT NULL,
    seq         bigint      NOT NULL,
    later       bigint[]    NOT NULL DEFAULT '{}'
);
CREATE INDEX IF NOT EXISTS alert_open_source_idx ON freeze_audit.alert_open (source);
COMMENT ON TABLE freeze_audit.alert_open IS 'Alerts that are open; derived from alert_event by its trigger';
COMMENT ON COLUMN freeze_audit.alert_open.alert_id IS 'As in alert_event';
COMMENT ON COLUMN freeze_audit.alert_open.source IS 'As in alert_event';
COMMENT ON COLUMN freeze_audit.alert_open.seq IS 'The event that last said what the alert is';
COMMENT ON COLUMN freeze_audit.alert_open.later IS 'Events about the alert since, such as an acknowledgement';
COMMENT ON CONSTRAINT alert_open_pkey ON freeze_audit.alert_open IS 'One row an open alert';
COMMENT ON INDEX freeze_audit.alert_open_source_idx IS 'The open alerts of one source';

CREATE TABLE IF NOT EXISTS freeze_audit.alert_fold (
    is_only     boolean     NOT NULL DEFAULT true CONSTRAINT alert_fold_pkey PRIMARY KEY
                            CONSTRAINT alert_fold_one_row CHECK (is_only),
    through_seq bigint      NOT NULL
);
COMMENT ON TABLE freeze_audit.alert_fold IS 'How far alert_open reaches; where that is not the last event, alert_open is not used';
COMMENT ON COLUMN freeze_audit.alert_fold.is_only IS 'True: there is one row';
COMMENT ON COLUMN freeze_audit.alert_fold.through_seq IS 'alert_open is what the events up to this one say';
COMMENT ON CONSTRAINT alert_fold_pkey ON freeze_audit.alert_fold IS 'One row';
COMMENT ON CONSTRAINT alert_fold_one_row ON freeze_audit.alert_fold IS 'No other row';
INSERT INTO freeze_audit.alert_fold (through_seq) VALUES (-1) ON CONFLICT DO NOTHING;

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

-- Whether an event says what its alert is. One that closes the alert does so only where its body tells the same: a row
-- whose body nobody can read closes nothing, it stands among the later events of the alert, where every reader meets it.

CREATE OR REPLACE FUNCTION freeze_audit.says_alert(event text, alert_id text, seq bigint, body text) RETURNS boolean
LANGUAGE sql IMMUTABLE
AS $function$
    SELECT $2 IS NOT NULL AND ($1 IN ('raised', 'amended', 'reraised') OR $1 IN ('cleared', 'withdrawn')
        AND starts_with($4, '{"v":1,"seq":' || $3 || ',') AND strpos($4, ',"event":"' || $1 || '",') > 0
        AND strpos($4, ',"alert_id":"' || $2 || '",') > 0)
$function$;

COMMENT ON FUNCTION freeze_audit.says_alert(text, text, bigint, text) IS
    'Whether an event (event, alert_id, seq, body) says what its alert is: open, or closed as its body tells';

-- Takes what was appended into alert_open. As the owner: whoever may append may not write there by hand. Events that it
-- does not follow one by one (a trigger was switched off) leave it where it was, which every reader sees.

CREATE OR REPLACE FUNCTION freeze_audit.fold_append() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog
AS $function$
BEGIN
    UPDATE freeze_audit.alert_fold AS f SET through_seq = a.last_seq
    FROM (SELECT min(seq) AS first_seq, max(seq) AS last_seq, count(*) AS events FROM appended) AS a
    WHERE f.through_seq = a.first_seq - 1 AND a.last_seq - a.first_seq + 1 = a.events;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    WITH said AS (
        SELECT DISTINCT ON (a.alert_id) a.alert_id, a.source, a.seq, a.event FROM appended AS a
        WHERE freeze_audit.says_alert(a.event, a.alert_id, a.seq, a.body)
        ORDER BY a.alert_id, a.seq DESC
    ), closed AS (
        DELETE FROM freeze_audit.alert_open AS o USING said AS s
        WHERE o.alert_id = s.alert_id AND s.event IN ('cleared', 'withdrawn')
    )
    INSERT INTO freeze_audit.alert_open AS o (alert_id, source, seq)
    SELECT s.alert_id, s.source, s.seq FROM said AS s WHERE s.event NOT IN ('cleared', 'withdrawn')
    ON CONFLICT (alert_id) DO UPDATE SET source = excluded.source, seq = excluded.seq, later = '{}';
    UPDATE freeze_audit.alert_open AS o SET later = o.later || a.seqs
    FROM (SELECT t.alert_id, array_agg(t.seq ORDER BY t.seq) AS seqs FROM appended AS t
          LEFT JOIN (SELECT u.alert_id, max(u.seq) AS seq FROM appended AS u
                     WHERE freeze_audit.says_alert(u.event, u.alert_id, u.seq, u.body) GROUP BY 1) AS s
              ON s.alert_id = t.alert_id
          WHERE t.alert_id IS NOT NULL AND t.seq > coalesce(s.seq, 0)
          GROUP BY t.alert_id) AS a
    WHERE o.alert_id = a.alert_id;
    RETURN NULL;
END
$function$;

COMMENT ON FUNCTION freeze_audit.fold_append() IS 'Keeps alert_open what the events say';

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

DROP TRIGGER IF EXISTS alert_event_fold ON freeze_audit.alert_event;
CREATE TRIGGER alert_event_fold AFTER INSERT ON freeze_audit.alert_event
    REFERENCING NEW TABLE AS appended
    FOR EACH STATEMENT EXECUTE FUNCTION freeze_audit.fold_append();
ALTER TABLE freeze_audit.alert_event ENABLE ALWAYS TRIGGER alert_event_fold;
COMMENT ON TRIGGER alert_event_fold ON freeze_audit.alert_event IS 'Keeps alert_open what the events say';

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

-- Folded from the first event, every time: also where the trigger was off for a while, or somebody wrote there by hand.

DO $fold$
DECLARE
    last_seq bigint;
BEGIN
    SELECT coalesce(max(e.seq), 0) INTO last_seq FROM freeze_audit.alert_event AS e;
    DELETE FROM freeze_audit.alert_open;
    INSERT INTO freeze_audit.alert_open (alert_id, source, seq)
    SELECT s.alert_id, s.source, s.seq FROM (
        SELECT DISTINCT ON (e.alert_id) e.alert_id, e.source, e.seq, e.event FROM freeze_audit.alert_event AS e
        WHERE freeze_audit.says_alert(e.event, e.alert_id, e.seq, e.body)
        ORDER BY e.alert_id, e.seq DESC
    ) AS s WHERE s.event NOT IN ('cleared', 'withdrawn');
    UPDATE freeze_audit.alert_open AS o SET later = l.seqs
    FROM (SELECT e.alert_id, array_agg(e.seq ORDER BY e.seq) AS seqs FROM freeze_audit.alert_event AS e
          JOIN freeze_audit.alert_open AS s ON s.alert_id = e.alert_id AND e.seq > s.seq GROUP BY 1) AS l
    WHERE o.alert_id = l.alert_id;
    UPDATE freeze_audit.alert_fold SET through_seq = last_seq;
END
$fold$;

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

-- What a table made by an earlier version lacks. Harmless where nothing is missing.
ALTER TABLE freeze_audit.source_health
    ADD COLUMN IF NOT EXISTS cause              text,
    ADD COLUMN IF NOT EXISTS last_pass_at       timestamptz,
    ADD COLUMN IF NOT EXISTS last_good_at       timestamptz,
    ADD COLUMN IF NOT EXISTS records_read       bigint,
    ADD COLUMN IF NOT EXISTS view_signature     text,
    ADD COLUMN IF NOT EXISTS findings           bigint,
    ADD COLUMN IF NOT EXISTS unjudgeable        bigint,
    ADD COLUMN IF NOT EXISTS unjudgeable_digest text,
    ADD COLUMN IF NOT EXISTS updated_at         timestamptz NOT NULL DEFAULT now();

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
    freeze_audit.source_health, freeze_audit.schema_version, freeze_audit.alert_open, freeze_audit.alert_fold FROM PUBLIC;
REVOKE ALL ON FUNCTION freeze_audit.parse_date(text), freeze_audit.check_append(), freeze_audit.fold_append(),
    freeze_audit.says_alert(text, text, bigint, text), freeze_audit.refuse_change() FROM PUBLIC;

DO $privileges$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'freeze_auditor_read') THEN
        REVOKE ALL ON freeze_audit.approval, freeze_audit.alert_event, freeze_audit.alert_emitted, freeze_audit.lease,
            freeze_audit.source_health, freeze_audit.schema_version, freeze_audit.alert_open, freeze_audit.alert_fold
            FROM freeze_auditor_read;
        REVOKE ALL ON FUNCTION freeze_audit.parse_date(text), freeze_audit.check_append(), freeze_audit.fold_append(),
    freeze_audit.says_alert(text, text, bigint, text), freeze_audit.refuse_change()
            FROM freeze_auditor_read;
        REVOKE ALL ON SCHEMA freeze_audit FROM freeze_auditor_read;
        GRANT USAGE ON SCHEMA freeze_audit TO freeze_auditor_read;
        GRANT SELECT ON freeze_audit.approval, freeze_audit.schema_version TO freeze_auditor_read;
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
            freeze_audit.source_health, freeze_audit.schema_version, freeze_audit.alert_open, freeze_audit.alert_fold
            FROM freeze_auditor_ledger;
        REVOKE ALL ON FUNCTION freeze_audit.parse_date(text), freeze_audit.check_append(), freeze_audit.fold_append(),
    freeze_audit.says_alert(text, text, bigint, text), freeze_audit.refuse_change()
            FROM freeze_auditor_ledger;
        REVOKE ALL ON SCHEMA freeze_audit FROM freeze_auditor_ledger;
        GRANT USAGE ON SCHEMA freeze_audit TO freeze_auditor_ledger;
        GRANT SELECT ON freeze_audit.approval, freeze_audit.schema_version TO freeze_auditor_ledger;
        GRANT EXECUTE ON FUNCTION freeze_audit.says_alert(text, text, bigint, text) TO freeze_auditor_ledger;
        GRANT SELECT, INSERT ON freeze_audit.alert_event, freeze_audit.alert_emitted TO freeze_auditor_ledger;
        GRANT SELECT ON freeze_audit.alert_open, freeze_audit.alert_fold TO freeze_auditor_ledger;
        -- UPDATE is what SELECT ... FOR UPDATE asks for; the row itself is made above and never deleted.
        GRANT SELECT, UPDATE ON freeze_audit.lease TO freeze_auditor_ledger;
        GRANT SELECT, INSERT, UPDATE ON freeze_audit.source_health TO freeze_auditor_ledger;
    END IF;
END
$privileges$;

-- Last: a version stands there only when all of it does.
INSERT INTO freeze_audit.schema_version (version) VALUES (1), (2), (3) ON CONFLICT DO NOTHING;

COMMIT;
