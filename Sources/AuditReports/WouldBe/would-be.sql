-- What freeze-auditor would say of an act, asked inside the database before anyone signs it.
--
--   freeze-auditor windows --format sql > would-be.sql
--   psql -v ON_ERROR_STOP=1 -d simpeg -f would-be.sql
--   SELECT * FROM freeze_audit.would_be('mutasi', '2024-05-08', NULL, '2024-05-10', '16.05', 'Camat', 'III.a');
--
-- Written by a program from rules and calendar: do not edit it, write it again when they change (doctor says when). One
-- transaction: it happens wholly or not at all, and readers wait for moments only. Run again it replaces what it made before,
-- and keeps who may execute the function. It holds nothing but law and calendar: no record, no person.
-- The role freeze_auditor_form may ask, nobody else: GRANT freeze_auditor_form TO the_login_of_your_form;
-- PostgreSQL 13 to 18.
--
-- made from: {{basis}}

BEGIN;
SET LOCAL lock_timeout = '30s';
SET LOCAL client_min_messages = warning;
SET LOCAL client_encoding = 'UTF8';
SET LOCAL standard_conforming_strings = on;
SET LOCAL search_path = pg_catalog, pg_temp;

DO $prepare$
BEGIN
    -- Two at once would each drop what the other makes.
    PERFORM pg_advisory_xact_lock(hashtextextended('freeze_audit.would_be', 0));
    IF to_regnamespace('freeze_audit') IS NULL THEN
        CREATE SCHEMA freeze_audit;
        COMMENT ON SCHEMA freeze_audit IS 'freeze-auditor: the contract view, approvals and the alert ledger';
        REVOKE ALL ON SCHEMA freeze_audit FROM PUBLIC;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'freeze_auditor_form') THEN
        BEGIN
            CREATE ROLE freeze_auditor_form NOLOGIN;
            COMMENT ON ROLE freeze_auditor_form IS 'freeze-auditor: may ask freeze_audit.would_be, and read the days it is told from';
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;  -- somebody installs into another database of the same cluster at this very moment
        END;
    END IF;
EXCEPTION
    WHEN insufficient_privilege THEN
        IF to_regnamespace('freeze_audit') IS NULL THEN RAISE; END IF;
        RAISE WARNING 'role % may not create roles; the function is installed, nobody else may execute it yet', quote_ident(current_user)
            USING HINT = 'As a superuser run: CREATE ROLE freeze_auditor_form NOLOGIN; then run this file again.';
END
$prepare$;

--------------------------------------------------------------------------------------------------------------- tables

DROP TABLE IF EXISTS freeze_audit.would_be_window;
CREATE TABLE freeze_audit.would_be_window (
    place         smallint NOT NULL,
    known_from    date NOT NULL,
    known_through date NOT NULL,
    first_day     date NOT NULL,
    last_day      date NOT NULL,
    state         text COLLATE "C" NOT NULL CHECK (state IN ({{states}})),
    readings      smallint NOT NULL,
    open_readings smallint NOT NULL,
    ordinal       integer NOT NULL,
    rule          text,
    election      text,
    by_governor   boolean NOT NULL,
    permits       text[],
    opens         date,
    closes        date,
    citation      text,
    instrument    text,
    missing       text,
    CHECK (known_from <= known_through),
    CHECK (first_day <= last_day)
);
COMMENT ON TABLE freeze_audit.would_be_window IS 'freeze-auditor: every window of rules and calendar by days, written by freeze-auditor windows --format sql and read by freeze_audit.would_be; not to be edited';
COMMENT ON COLUMN freeze_audit.would_be_window.place IS 'regions that were always alike, see would_be_region; 0: a region that is not known';
COMMENT ON COLUMN freeze_audit.would_be_window.known_from IS 'first day of the knowledge by which the row holds';
COMMENT ON COLUMN freeze_audit.would_be_window.known_through IS 'last day of it; infinity: it still holds';
COMMENT ON COLUMN freeze_audit.would_be_window.first_day IS 'first day of an act that the row speaks of';
COMMENT ON COLUMN freeze_audit.would_be_window.last_day IS 'last such day';
COMMENT ON COLUMN freeze_audit.would_be_window.state IS 'inside: frozen on some readings; unknown: depends on a day nobody knows; before_force: in a window before its rule was in force; disputed: the regions differ; near: none of these';
COMMENT ON COLUMN freeze_audit.would_be_window.readings IS 'the readings on which the days are frozen: bit r for reading r of the eight that freeze-auditor windows names';
COMMENT ON COLUMN freeze_audit.would_be_window.open_readings IS 'the readings that no instrument closed';
COMMENT ON COLUMN freeze_audit.would_be_window.ordinal IS 'one number a rule and election, in the order of the rulebook and the calendar';
COMMENT ON COLUMN freeze_audit.would_be_window.rule IS 'id of the rule';
COMMENT ON COLUMN freeze_audit.would_be_window.election IS 'id of the election, inauguration or acting head';
COMMENT ON COLUMN freeze_audit.would_be_window.by_governor IS 'the governor''s election, which the site holds to bind its regencies as well';
COMMENT ON COLUMN freeze_audit.would_be_window.permits IS 'acts that an instrument permits on these days without an approval';
COMMENT ON COLUMN freeze_audit.would_be_window.opens IS 'first day of the window on any open reading';
COMMENT ON COLUMN freeze_audit.would_be_window.closes IS 'last one; null: not known';
COMMENT ON COLUMN freeze_audit.would_be_window.citation IS 'the law';
COMMENT ON COLUMN freeze_audit.would_be_window.instrument IS 'what tells the day that the window is counted from';
COMMENT ON COLUMN freeze_audit.would_be_window.missing IS 'what nobody knows and the days hang on';

DROP TABLE IF EXISTS freeze_audit.would_be_region;
CREATE TABLE freeze_audit.would_be_region (
    name  text COLLATE "C" NOT NULL,
    level text COLLATE "C" NOT NULL,
    place smallint NOT NULL,
    PRIMARY KEY (name, level)
);
COMMENT ON TABLE freeze_audit.would_be_region IS 'freeze-auditor: every code and name that means one region, and its place in would_be_window';
COMMENT ON COLUMN freeze_audit.would_be_region.name IS 'a Kemendagri code, or a name in letters and digits alone';
COMMENT ON COLUMN freeze_audit.would_be_region.level IS 'what a text says before the name: regency, city, province, administrative; empty: nothing';
COMMENT ON COLUMN freeze_audit.would_be_region.place IS 'would_be_window.place';

{{rows}}
CREATE INDEX would_be_window_place ON freeze_audit.would_be_window (place, ordinal, state, first_day);
ANALYZE freeze_audit.would_be_window;
ANALYZE freeze_audit.would_be_region;

------------------------------------------------------------------------------------------------------ texts of a form

-- A cell as a record has it: without padding, and null for the ways of writing nothing.
CREATE OR REPLACE FUNCTION freeze_audit.would_be_text(cell text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $function$
    SELECT CASE
        WHEN octet_length(cell) > 8192 THEN left(cell, 2000)
        WHEN octet_length(cell) < 40 AND cell ~* '^[\x01-\x20\x7f'']*(|--?-?|null|\(null\)|nil|\\n|n/a|\u2013|\u2014)[\x01-\x20\x7f]*$' THEN NULL
        ELSE cell END
$function$;
COMMENT ON FUNCTION freeze_audit.would_be_text(text) IS 'freeze-auditor: a text of a form, null where it says nothing';

-- Plain ASCII in lower case. Letters beyond ASCII become X, so that no word of the lists is made of them; blanks, and where
-- words are wanted every sign that is no letter, become blanks.
CREATE OR REPLACE FUNCTION freeze_audit.would_be_plain(cell text, wanted text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $function$
DECLARE
    plain text := lower(left(cell, 8192) COLLATE "C");
BEGIN
    IF plain !~ '[^\x01-\x7f]' THEN
        RETURN plain;
    END IF;
    plain := regexp_replace(plain, '[{{blanks}}]', ' ', 'g');
    IF wanted = 'label' THEN
        plain := regexp_replace(plain, '[{{invisible}}]', '', 'g');
    ELSIF wanted = 'words' THEN
        plain := regexp_replace(plain, '[{{signs}}]', ' ', 'g');
    END IF;
    -- The Kelvin sign is the one letter beyond ASCII whose lower case is within it.
    plain := regexp_replace(plain, '\u212a', 'k', 'g');
    RETURN regexp_replace(plain, '[^\x01-\x7f]', 'X', 'g');
END
$function$;
COMMENT ON FUNCTION freeze_audit.would_be_plain(text, text) IS 'freeze-auditor: a text in plain ASCII, as labels, words or codes are compared';

CREATE OR REPLACE FUNCTION freeze_audit.would_be_words(cell text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $function$
    SELECT string_to_array(btrim(regexp_replace(
        CASE WHEN cell !~ '[^\x01-\x7f]' THEN lower(left(cell, 8192) COLLATE "C") ELSE freeze_audit.would_be_plain(cell, 'words') END,
        '[^a-z0-9X]+', ' ', 'g'), ' '), ' ')
$function$;
COMMENT ON FUNCTION freeze_audit.would_be_words(text) IS 'freeze-auditor: the words of a text';

CREATE OR REPLACE FUNCTION freeze_audit.would_be_phrase(phrase text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $function$
    SELECT '{{phrases}}'::jsonb ->> phrase
$function$;
COMMENT ON FUNCTION freeze_audit.would_be_phrase(text) IS 'freeze-auditor: what a phrase of the rules means for the kind of an act: in, out or leaving';

-- in, out or leaving; null: a label that nobody knows. A label is a phrase of the lists, or several with fillers between them.
CREATE OR REPLACE FUNCTION freeze_audit.would_be_kind(label text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $function$
DECLARE
    found   text := freeze_audit.would_be_phrase(lower(left(label, 8192) COLLATE "C"));
    words   text[];
    place   integer := 1;
    length  integer;
    is_in   boolean := false;
    is_out  boolean := false;
    leaves  boolean := false;
BEGIN
    IF found IS NOT NULL THEN
        RETURN found;
    END IF;
    found := freeze_audit.would_be_phrase(
        btrim(regexp_replace(freeze_audit.would_be_plain(label, 'label'), '[ \t\n\v\f\r._-]+', ' ', 'g'), ' '));
    IF found IS NOT NULL THEN
        RETURN found;
    END IF;
    words := freeze_audit.would_be_words(label);
    IF cardinality(words) NOT BETWEEN 1 AND 24 THEN
        RETURN NULL;
    END IF;
    WHILE place <= cardinality(words) LOOP
        length := least({{longest}}, cardinality(words) - place + 1);
        LOOP
            found := freeze_audit.would_be_phrase(array_to_string(words[place:place + length - 1], ' '));
            EXIT WHEN found IS NOT NULL OR length = 1;
            length := length - 1;
        END LOOP;
        CASE found
            WHEN 'in' THEN is_in := true;
            WHEN 'out' THEN is_out := true;
            WHEN 'leaving' THEN leaves := true;
            ELSE
                IF words[place] <> ALL ('{{fillers}}') THEN
                    RETURN NULL;
                END IF;
        END CASE;
        place := place + length;
    END LOOP;
    -- A replacement and another act in one label: nobody can tell which of them it is.
    IF is_in THEN
        RETURN CASE WHEN NOT is_out THEN 'in' END;
    END IF;
    RETURN CASE WHEN is_out THEN 'out' WHEN leaves THEN 'leaving' END;
END
$function$;
COMMENT ON FUNCTION freeze_audit.would_be_kind(text) IS 'freeze-auditor: whether a label names a replacement (in), another act (out) or the end of service (leaving)';

CREATE OR REPLACE FUNCTION freeze_audit.would_be_place(region text) RETURNS smallint
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $function$
DECLARE
    code  text;
    words text[];
    said  text := '';
    found smallint;
BEGIN
    -- Nearly every text is a code, or a name as the table has it.
    SELECT r.place INTO found FROM freeze_audit.would_be_region AS r WHERE r.name = region AND r.level = '';
    IF found IS NOT NULL THEN
        RETURN found;
    END IF;
    code := rtrim(ltrim(freeze_audit.would_be_plain(freeze_audit.would_be_text(region), 'code'), {{padding}} || ''''), {{padding}});
    IF code IS NULL OR code = '' THEN
        RETURN {{default_place}};
    END IF;
    IF code ~ '^\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?$' THEN
        code := left(code, 5);
    ELSIF code ~ '^(\d{4}|\d{6}|\d{10})$' THEN
        code := left(code, 2) || '.' || substr(code, 3, 2);
    ELSE
        code := NULL;
    END IF;
    IF code IS NOT NULL THEN
        SELECT r.place INTO found FROM freeze_audit.would_be_region AS r WHERE r.name = code AND r.level = '';
        RETURN coalesce(found, 0);
    END IF;
    words := freeze_audit.would_be_words(region);
    IF cardinality(words) > 1 THEN
        WHILE words[1] = ANY ('{pemerintah,pemda,daerah,wilayah}') LOOP
            words := words[2:];
        END LOOP;
    END IF;
    said := CASE
        WHEN words[1] = ANY ('{kabupaten,kab,pemkab}') THEN 'regency'
        WHEN words[1] = ANY ('{kota,kotamadya,pemkot}') THEN 'city'
        WHEN words[1] = ANY ('{provinsi,prov,propinsi,pemprov}') THEN 'province'
        ELSE '' END;
    IF said <> '' THEN
        words := words[2:];
    END IF;
    IF words[1] = ANY ('{administrasi,adm}') AND cardinality(words) > 1 THEN
        said := 'administrative';
        words := words[2:];
    END IF;
    IF words[1] = ANY ('{istimewa,khusus}') THEN
        words := 'daerah'::text || words;
    END IF;
    SELECT r.place INTO found FROM freeze_audit.would_be_region AS r
    WHERE r.name = array_to_string(array_replace(words, 'kep', 'kepulauan'), '') AND r.level = said;
    RETURN coalesce(found, 0);
END
$function$;
COMMENT ON FUNCTION freeze_audit.would_be_place(text) IS 'freeze-auditor: the place of a region given by code or name; 0: none there is, or a name that several bear';

------------------------------------------------------------------------------------------------------------ the post

-- What an echelon column says: 2b, 2, none; null: nothing.
CREATE OR REPLACE FUNCTION freeze_audit.would_be_echelon(cell text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $function$
DECLARE
    squeezed text := translate(lower(left(cell, 100) COLLATE "C"), ' ./-', '');
    found    text := '{{echelons}}'::jsonb ->> squeezed;
BEGIN
    IF found IS NOT NULL THEN
        RETURN found;
    END IF;
    squeezed := regexp_replace(freeze_audit.would_be_plain(cell, 'words'), '[^a-z0-9X]+', '', 'g');
    RETURN coalesce('{{echelons}}'::jsonb ->> squeezed, CASE WHEN squeezed LIKE 'non%' THEN 'none' END);
END
$function$;
COMMENT ON FUNCTION freeze_audit.would_be_echelon(text) IS 'freeze-auditor: the echelon that a text says';

CREATE OR REPLACE FUNCTION freeze_audit.would_be_post(words text[], echelon text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $function$
DECLARE
    w     text[] := CASE WHEN words[1] = ANY ('{pj,penjabat}') THEN words[2:] ELSE words END;
    one   text := w[1];
    two   text := w[2];
    place integer;
    unit  integer;
BEGIN
    IF one IS NULL THEN
        RETURN CASE WHEN echelon <> 'none' THEN 'structural' ELSE 'unknown' END;
    END IF;
    IF one = ANY ('{plt,plh}') OR one = 'pelaksana' AND two = ANY ('{tugas,harian}') THEN
        RETURN 'acting';
    END IF;
    -- The head of a school or a health centre, whatever the echelon says.
    IF 'kepsek' = ANY (w) THEN
        RETURN CASE WHEN one = 'wakil' THEN 'functional' ELSE 'school_head' END;
    END IF;
    IF 'kapus' = ANY (w) THEN
        RETURN 'health_centre_head';
    END IF;
    place := least(array_position(w, 'kepala'), array_position(w, 'ka'));
    IF place IS NOT NULL THEN
        unit := place + 1;
        WHILE w[unit] = ANY ('{{unitWords}}') LOOP
            unit := unit + 1;
        END LOOP;
        IF w[unit] = 'puskesmas' THEN
            RETURN 'health_centre_head';
        END IF;
        IF w[unit] = ANY ('{{schools}}')
            OR w[unit] = 'satuan' AND (w[unit + 1] = 'pendidikan' OR w[unit + 1] = ANY ('{{schools}}')) THEN
            RETURN CASE WHEN place > 1 AND w[place - 1] = 'wakil' THEN 'functional' ELSE 'school_head' END;
        END IF;
    END IF;
    IF echelon <> 'none' THEN
        RETURN 'structural';
    END IF;
    IF one = ANY ('{{villageHeads}}')
        OR one = 'kaur' AND 'desa' = ANY (w)
        OR one = 'kepala' AND two = 'urusan' AND 'desa' = ANY (w)
        OR one = 'kepala' AND two = ANY ('{{villages}}') AND w[3] IS DISTINCT FROM 'hidup'
        OR one = ANY ('{perangkat,aparat,sekretaris,wali}') AND two = ANY ('{desa,nagari}')
        OR one = 'hukum' AND two = 'tua' THEN
        RETURN 'village_officer';
    END IF;
    IF (one = ANY ('{{directors}}') OR one = 'wakil' AND two = ANY ('{{directors}}')
            OR one = 'dewan' AND (two = 'pengawas' OR two = ANY ('{{directors}}')))
        AND (w && '{{enterprises}}' OR array_to_string(w, ' ', '') ~ '(^| )perusahaan (daerah|umum)( |$)') THEN
        RETURN 'enterprise_director';
    END IF;
    IF one = ANY ('{kepala,ka,koordinator}') AND two = ANY ('{{rooms}}') THEN
        RETURN 'unknown';
    END IF;
    IF 'nonjob' = ANY (w) OR one = 'non' AND two = 'job' THEN
        RETURN 'pelaksana';
    END IF;
    IF one = 'pengawas' THEN
        RETURN CASE WHEN w && '{madrasah,ahli}' OR w && '{{schools}}' THEN 'functional' ELSE 'unknown' END;
    END IF;
    RETURN CASE
        WHEN one = 'asisten' AND two = ANY ('{{assistants}}') THEN 'functional'
        WHEN one = ANY ('{{staff}}') THEN CASE WHEN two = 'ahli' THEN 'structural' ELSE 'pelaksana' END
        WHEN one = ANY ('{{functional}}') THEN 'functional'
        WHEN one = ANY ('{{structural}}') THEN 'structural'
        WHEN w[cardinality(w)] = ANY ('{{skilled}}') THEN 'functional'
        WHEN w[array_position(w, 'ahli') + 1] = ANY ('{{ranks}}') THEN 'functional'
        ELSE 'unknown' END;
END
$function$;
COMMENT ON FUNCTION freeze_audit.would_be_post(text[], text) IS 'freeze-auditor: the class of a post, by the words of its name and its echelon';

-- What the posts say: class of the post left, of the post taken, 'contradicts' where they and the oath say that somebody was
-- replaced although the label or the post says otherwise, and what becomes of a person who leaves.
CREATE OR REPLACE FUNCTION freeze_audit.would_be_posts(
    scope text, effective date, oath date, post text, echelon text, post_from text, echelon_from text
) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $function$
DECLARE
    said        text := freeze_audit.would_be_text(post);
    words       text[] := freeze_audit.would_be_words(said);
    words_from  text[];
    level       text := coalesce(
        '{{echelons}}'::jsonb ->> translate(lower(left(echelon, 100) COLLATE "C"), ' ./-', ''), freeze_audit.would_be_echelon(echelon));
    level_from  text;
    taken       text := freeze_audit.would_be_post(words, level);
    class_left  text := 'unknown';
    contradicts boolean := false;
    leads       boolean := taken = ANY ('{structural,school_head,health_centre_head,unit_head}');
    gone        boolean := coalesce(words[1] = ANY ('{{departures}}'), false);
    took_oath   boolean := oath IS NOT NULL AND oath IS DISTINCT FROM effective;
BEGIN
    IF post_from IS NOT NULL OR echelon_from IS NOT NULL THEN
        said := freeze_audit.would_be_text(post_from);
        words_from := freeze_audit.would_be_words(said);
        level_from := freeze_audit.would_be_echelon(echelon_from);
        class_left := freeze_audit.would_be_post(words_from, level_from);
    END IF;
    IF taken = 'acting' THEN
        contradicts := took_oath AND coalesce(level <> 'none', false);
    ELSIF scope = 'out' THEN
        contradicts := leads AND took_oath
            OR leads AND NOT gone AND words[1] IS NOT NULL AND words_from IS NOT NULL
                AND array_to_string(words, '') <> array_to_string(words_from, '')
            OR coalesce(level <> 'none' AND level_from <> 'none' AND (left(level, 1) <> left(level_from, 1)
                OR length(level) = 2 AND length(level_from) = 2 AND level <> level_from), false);
    END IF;
    RETURN ARRAY[
        class_left, taken, CASE WHEN contradicts THEN 'contradicts' END,
        CASE
            WHEN scope <> 'leaving' THEN NULL
            WHEN gone THEN 'left'
            WHEN words[1] IS NULL AND freeze_audit.would_be_text(echelon) IS NULL THEN 'unsaid' END];
END
$function$;
COMMENT ON FUNCTION freeze_audit.would_be_posts(text, date, date, text, text, text, text) IS 'freeze-auditor: what posts, echelons and oath of an act say';

-- yes, no, open; null: no instrument speaks of the class on that day.
CREATE OR REPLACE FUNCTION freeze_audit.would_be_covers(class text, act_day date, known date) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $function$
    SELECT CASE
{{coverage}}
        END
$function$;
COMMENT ON FUNCTION freeze_audit.would_be_covers(text, date, date) IS 'freeze-auditor: whether a class of posts is covered on a day, as known on another';

CREATE OR REPLACE FUNCTION freeze_audit.would_be_is_free(class_left text, taken text, act_day date, known date) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $function$
    SELECT coalesce(
        freeze_audit.would_be_covers(taken, act_day, known) = 'no'
        AND (taken = 'acting' OR freeze_audit.would_be_covers(class_left, act_day, known) = 'no'), false)
$function$;
COMMENT ON FUNCTION freeze_audit.would_be_is_free(text, text, date, date) IS 'freeze-auditor: whether the posts of an act are out of scope on a day';

-- The same of every day from one to another: the answer changes only where a row of the coverage begins or has ended.
CREATE OR REPLACE FUNCTION freeze_audit.would_be_are_free(class_left text, taken text, first_day date, last_day date, known date)
RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $function$
DECLARE
    change date;
BEGIN
    IF NOT freeze_audit.would_be_is_free(class_left, taken, first_day, known) THEN
        RETURN false;
    END IF;
    IF first_day < last_day THEN
        FOREACH change IN ARRAY '{{coverage_changes}}'::date[] LOOP
            IF first_day < change AND change <= last_day
                AND NOT freeze_audit.would_be_is_free(class_left, taken, change, known) THEN
                RETURN false;
            END IF;
        END LOOP;
    END IF;
    RETURN true;
END
$function$;
COMMENT ON FUNCTION freeze_audit.would_be_are_free(text, text, date, date, date) IS 'freeze-auditor: whether the posts of an act are out of scope on all days of a stretch';

CREATE OR REPLACE FUNCTION freeze_audit.would_be_is_permitted(kind text, permits text[]) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $function$
DECLARE
    words text[] := freeze_audit.would_be_words(kind);
BEGIN
    RETURN 'discipline' = ANY (permits) AND 'disiplin' = ANY (words)
        OR 'between_agencies' = ANY (permits)
            AND (words && '{instansi,antarinstansi,keluar,masuk,antardaerah}' OR words @> '{antar,daerah}');
END
$function$;
COMMENT ON FUNCTION freeze_audit.would_be_is_permitted(text, text[]) IS 'freeze-auditor: whether a label names an act that an instrument permits';

CREATE OR REPLACE FUNCTION freeze_audit.would_be_calendar_end(known date) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $function$
    SELECT CASE
{{calendar_end}}
        ELSE DATE '-infinity' END
$function$;
COMMENT ON FUNCTION freeze_audit.would_be_calendar_end(date) IS 'freeze-auditor: the last day that the calendar knows, as known on a day';

-- The reason in words, for the people who fill in the form.
CREATE OR REPLACE FUNCTION freeze_audit.would_be_sentence(
    reason text, what text, citation text, opens date, closes date, known date
) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $function$
    SELECT CASE reason
        WHEN 'outside' THEN 'di luar masa larangan yang diketahui'
        WHEN 'inside' THEN concat(what, ' jatuh di dalam masa larangan (', citation, ', ', opens, ' s.d. ', coalesce(closes::text, 'belum diketahui'),
            '): perlu persetujuan tertulis Menteri sebelum ditandatangani')
        WHEN 'readings' THEN concat(what, ' mungkin di dalam masa larangan (', citation, ', ', opens, ' s.d. ', coalesce(closes::text, 'belum diketahui'),
            '), tergantung cara menghitung: perlu persetujuan tertulis Menteri sebelum ditandatangani')
        WHEN 'governor_election' THEN concat(what, ' di dalam masa larangan pemilihan gubernur (', citation, ', ', opens, ' s.d. ',
            coalesce(closes::text, 'belum diketahui'), '); apakah mengikat kabupaten/kota belum pernah diputus')
        WHEN 'contradicts_itself' THEN concat(what, ' di dalam masa larangan (', citation, ', ', opens, ' s.d. ', coalesce(closes::text, 'belum diketahui'),
            '); jenis atau jabatannya bukan penggantian, eselon atau pelantikannya menunjukkan penggantian: perlu klarifikasi')
        WHEN 'fact_unknown' THEN concat('tidak dapat dikatakan: ', what)
        WHEN 'calendar_ends' THEN concat('tidak dapat dikatakan: di luar jangkauan kalender (sampai ', freeze_audit.would_be_calendar_end(known), ')')
        WHEN 'region_unknown' THEN 'tidak dapat dikatakan: wilayah tidak dikenal, dan jadwal daerah berbeda-beda'
        WHEN 'unknown_kind' THEN 'tidak dapat dikatakan: jenis tindakan tidak dikenal'
        WHEN 'no_date' THEN 'tidak dapat dikatakan: tidak ada tanggal'
        WHEN 'unreadable_date' THEN 'tidak dapat dikatakan: ada tanggal yang tidak masuk akal'
        WHEN 'post_unsaid' THEN 'tidak dapat dikatakan: pemberhentian dari jabatan atau dari dinas? Isi jabatan barunya'
        WHEN 'kind' THEN 'di luar cakupan: jenis ini bukan penggantian pejabat'
        WHEN 'post' THEN 'di luar cakupan: jabatan ini tidak terkena larangan'
        WHEN 'left_service' THEN 'di luar cakupan: yang bersangkutan berhenti dari dinas'
        WHEN 'permitted' THEN 'di luar cakupan: tindakan semacam ini dikecualikan'
        WHEN 'no_rule_in_force' THEN 'belum ada aturan yang berlaku pada tanggal itu'
        END
$function$;
COMMENT ON FUNCTION freeze_audit.would_be_sentence(text, text, text, date, date, date) IS 'freeze-auditor: the reason of an answer in words';

------------------------------------------------------------------------------------------------------------ the answer

CREATE OR REPLACE FUNCTION freeze_audit.would_be(
    kind text, decree_date date, effective_date date, inaugurated_on date, region text, post text, echelon text,
    on_day date DEFAULT CURRENT_DATE, post_from text DEFAULT NULL, echelon_from text DEFAULT NULL,
    OUT outcome text, OUT reason text, OUT rule text, OUT election text, OUT opens date, OUT closes date,
    OUT citation text, OUT explanation text
)
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY INVOKER
SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    known       date := coalesce(on_day, CURRENT_DATE);
    sk          date;
    tmt         date;
    oath        date;
    -- A date that is none and no sign of nothing: it could be any day.
    unreadable  boolean := false;
    -- What nearly every form sends is asked of the lists here: a function more costs as much as the rest of the lookup.
    scope       text := coalesce('{{phrases}}'::jsonb ->> lower(left(kind, 8192) COLLATE "C"), freeze_audit.would_be_kind(kind));
    at_place    smallint;
    posts       text[];
    contradicts boolean := false;
    -- The strongest outcome so far: 0 inside, 3 depends, 5 unjudgeable, 7 not-covered, 8 outside.
    rank        integer := 9;
    now_rank    integer;
    now_reason  text;
    hits        freeze_audit.would_be_window[];
    hit         freeze_audit.would_be_window;
    at_ordinal  integer;
    -- Of the window at hand: the readings on which it freezes a date, and the dates that it may freeze.
    frozen      smallint;
    is_met      boolean;
    permitted   boolean;
    doubt_first date;
    doubt_last  date;
    -- Dates on which the posts are out of scope.
    sk_free     boolean;
    tmt_free    boolean;
    oath_free   boolean;
    windows_met integer := 0;
    windows_all integer;
    windows_near integer;
    gap         text;
    gap_covered boolean := false;
    what        text;
    d           date;
    home        record;
BEGIN
    IF decree_date BETWEEN DATE '{{first_date}}' AND DATE '{{last_date}}' AND decree_date <> DATE '1970-01-01' THEN
        sk := decree_date;
    ELSIF isfinite(decree_date) AND decree_date <> ALL ('{{fillers_of_dates}}'::date[]) THEN
        unreadable := true;
    END IF;
    IF effective_date BETWEEN DATE '{{first_date}}' AND DATE '{{last_date}}' AND effective_date <> DATE '1970-01-01' THEN
        tmt := effective_date;
    ELSIF isfinite(effective_date) AND effective_date <> ALL ('{{fillers_of_dates}}'::date[]) THEN
        unreadable := true;
    END IF;
    IF inaugurated_on BETWEEN DATE '{{first_date}}' AND DATE '{{last_date}}' AND inaugurated_on <> DATE '1970-01-01' THEN
        oath := inaugurated_on;
    ELSIF isfinite(inaugurated_on) AND inaugurated_on <> ALL ('{{fillers_of_dates}}'::date[]) THEN
        unreadable := true;
    END IF;

    IF scope = 'out' THEN
        posts := freeze_audit.would_be_posts(scope, tmt, oath, post, echelon, post_from, echelon_from);
        contradicts := posts[3] IS NOT NULL;
    END IF;
    IF scope IS NULL THEN
        outcome := 'unjudgeable';
        reason := 'unknown_kind';
    ELSIF scope = 'out' AND NOT contradicts OR scope = 'out' AND coalesce(sk, tmt, oath) IS NULL THEN
        outcome := 'not-covered';
        reason := 'kind';
    ELSIF coalesce(sk, tmt, oath) IS NULL THEN
        outcome := 'unjudgeable';
        reason := CASE WHEN unreadable THEN 'unreadable_date' ELSE 'no_date' END;
    END IF;
    IF outcome IS NOT NULL THEN
        explanation := freeze_audit.would_be_sentence(reason, NULL, NULL, NULL, NULL, known);
        RETURN;
    END IF;

    -- Nearly every text is a code as the ministry writes it.
    at_place := coalesce(('{{codes}}'::jsonb ->> region)::smallint, freeze_audit.would_be_place(region));
    -- Of one window first the days that are frozen, so that what follows need not look at the others.
    hits := ARRAY(
        SELECT w FROM freeze_audit.would_be_window AS w
        WHERE w.place = at_place AND w.known_through >= known AND w.known_from <= known AND w.state <> 'near'
            AND (sk BETWEEN w.first_day AND w.last_day OR tmt BETWEEN w.first_day AND w.last_day
                OR oath BETWEEN w.first_day AND w.last_day)
        ORDER BY w.ordinal, w.state, w.first_day);
    FOREACH hit IN ARRAY hits LOOP
        IF sk_free IS NULL THEN
            posts := coalesce(posts, freeze_audit.would_be_posts(scope, tmt, oath, post, echelon, post_from, echelon_from));
            contradicts := posts[3] IS NOT NULL;
            sk_free := sk IS NOT NULL AND NOT contradicts AND freeze_audit.would_be_is_free(posts[1], posts[2], sk, known);
            tmt_free := tmt IS NOT NULL AND NOT contradicts AND freeze_audit.would_be_is_free(posts[1], posts[2], tmt, known);
            oath_free := oath IS NOT NULL AND NOT contradicts AND freeze_audit.would_be_is_free(posts[1], posts[2], oath, known);
        END IF;
        IF hit.ordinal IS DISTINCT FROM at_ordinal THEN
            at_ordinal := hit.ordinal;
            frozen := 0;
            is_met := false;
            doubt_first := NULL;
            doubt_last := NULL;
        END IF;
        IF hit.state = 'inside' THEN
            IF NOT is_met THEN
                is_met := true;
                windows_met := windows_met + 1;
            END IF;
            IF NOT sk_free AND sk BETWEEN hit.first_day AND hit.last_day
                OR NOT tmt_free AND tmt BETWEEN hit.first_day AND hit.last_day
                OR NOT oath_free AND oath BETWEEN hit.first_day AND hit.last_day THEN
                IF frozen = 0 THEN
                    permitted := hit.permits IS NOT NULL AND freeze_audit.would_be_is_permitted(kind, hit.permits);
                END IF;
                frozen := frozen | hit.readings;
                IF posts[4] = 'left' THEN
                    now_rank := 7;
                    now_reason := 'left_service';
                ELSIF posts[4] = 'unsaid' THEN
                    now_rank := 5;
                    now_reason := 'post_unsaid';
                ELSIF permitted THEN
                    now_rank := 7;
                    now_reason := 'permitted';
                ELSIF contradicts THEN
                    now_rank := 3;
                    now_reason := 'contradicts_itself';
                ELSIF hit.by_governor THEN
                    now_rank := 3;
                    now_reason := 'governor_election';
                ELSIF frozen = hit.open_readings THEN
                    now_rank := 0;
                    now_reason := 'inside';
                ELSE
                    now_rank := 3;
                    now_reason := 'readings';
                END IF;
            ELSE
                now_rank := 7;
                now_reason := 'post';
            END IF;
        ELSIF hit.state = 'unknown' THEN
            CONTINUE WHEN frozen <> 0;
            doubt_first := least(
                doubt_first, CASE WHEN sk BETWEEN hit.first_day AND hit.last_day THEN sk END,
                CASE WHEN tmt BETWEEN hit.first_day AND hit.last_day THEN tmt END,
                CASE WHEN oath BETWEEN hit.first_day AND hit.last_day THEN oath END);
            doubt_last := greatest(
                doubt_last, CASE WHEN sk BETWEEN hit.first_day AND hit.last_day THEN sk END,
                CASE WHEN tmt BETWEEN hit.first_day AND hit.last_day THEN tmt END,
                CASE WHEN oath BETWEEN hit.first_day AND hit.last_day THEN oath END);
            IF unreadable THEN
                now_rank := 5;
                now_reason := 'unreadable_date';
            ELSIF NOT contradicts AND freeze_audit.would_be_are_free(posts[1], posts[2], doubt_first, doubt_last, known) THEN
                now_rank := 7;
                now_reason := 'post';
            ELSIF posts[4] = 'left' THEN
                now_rank := 7;
                now_reason := 'left_service';
            ELSE
                now_rank := 5;
                now_reason := 'fact_unknown';
            END IF;
        ELSIF hit.state = 'before_force' THEN
            now_rank := 7;
            now_reason := 'no_rule_in_force';
        ELSE
            gap := 'region_unknown';
            gap_covered := gap_covered OR NOT sk_free AND sk BETWEEN hit.first_day AND hit.last_day
                OR NOT tmt_free AND tmt BETWEEN hit.first_day AND hit.last_day
                OR NOT oath_free AND oath BETWEEN hit.first_day AND hit.last_day;
            CONTINUE;
        END IF;
        IF now_rank < rank THEN
            rank := now_rank;
            reason := now_reason;
            rule := hit.rule;
            election := hit.election;
            opens := hit.opens;
            closes := hit.closes;
            citation := hit.citation;
            what := CASE
                WHEN reason = 'fact_unknown' THEN hit.missing
                WHEN sk BETWEEN hit.first_day AND hit.last_day THEN 'tanggal SK ' || sk
                WHEN tmt BETWEEN hit.first_day AND hit.last_day THEN 'TMT ' || tmt
                ELSE 'tanggal pelantikan ' || oath END;
            EXIT WHEN rank = 0;
        END IF;
    END LOOP;

    -- Days beyond the calendar: not known, never free.
    d := freeze_audit.would_be_calendar_end(known);
    IF greatest(sk, tmt, oath) > d THEN
        gap := coalesce(gap, 'calendar_ends');
        posts := coalesce(posts, freeze_audit.would_be_posts(scope, tmt, oath, post, echelon, post_from, echelon_from));
        contradicts := posts[3] IS NOT NULL;
        gap_covered := gap_covered OR contradicts
            OR sk > d AND NOT freeze_audit.would_be_is_free(posts[1], posts[2], sk, known)
            OR tmt > d AND NOT freeze_audit.would_be_is_free(posts[1], posts[2], tmt, known)
            OR oath > d AND NOT freeze_audit.would_be_is_free(posts[1], posts[2], oath, known);
    END IF;
    IF gap IS NOT NULL THEN
        now_rank := CASE WHEN gap_covered AND posts[4] IS DISTINCT FROM 'left' THEN 5 ELSE 7 END;
        IF now_rank < rank THEN
            rank := now_rank;
            reason := CASE WHEN rank = 5 THEN gap WHEN posts[4] = 'left' THEN 'left_service' ELSE 'post' END;
            rule := NULL;
            election := NULL;
            opens := NULL;
            closes := NULL;
            citation := NULL;
        END IF;
    END IF;

    -- What is said where no date lies in a window.
    IF rank > 5 AND (unreadable OR scope = 'out') THEN
        SELECT count(*), count(*) FILTER (WHERE w.first_day <= greatest(sk, tmt, oath) AND least(sk, tmt, oath) <= w.last_day)
        INTO windows_all, windows_near
        FROM (SELECT min(v.first_day) AS first_day, max(v.last_day) AS last_day
            FROM freeze_audit.would_be_window AS v
            WHERE v.place = at_place AND v.known_through >= known AND v.known_from <= known AND v.state <> 'disputed'
            GROUP BY v.ordinal) AS w;
        IF scope = 'out' THEN
            IF unreadable AND windows_near > 0 THEN
                rank := 5;
                reason := 'unreadable_date';
            ELSIF rank > 7 AND windows_near < windows_all OR windows_all = 0 THEN
                rank := 7;
                reason := 'kind';
            END IF;
        ELSIF windows_all = 0 OR windows_all > windows_met THEN
            rank := 5;
            reason := 'unreadable_date';
        END IF;
        IF rank = 5 OR reason = 'kind' THEN
            rule := NULL;
            election := NULL;
            opens := NULL;
            closes := NULL;
            citation := NULL;
        END IF;
    END IF;
    IF rank > 8 THEN
        rank := 8;
        reason := 'outside';
    END IF;
    outcome := CASE rank WHEN 0 THEN 'inside' WHEN 3 THEN 'depends' WHEN 5 THEN 'unjudgeable' WHEN 7 THEN 'not-covered' ELSE 'outside' END;
    explanation := freeze_audit.would_be_sentence(reason, what, citation, opens, closes, known);

    -- Another region than that of the site is judged beside it, so that a code typed into a form frees nobody.
    IF at_place > 0 AND at_place <> {{home_place}} AND {{home_place}} > 0 AND rank > 3 THEN
        SELECT w.* INTO home FROM freeze_audit.would_be(
            kind, decree_date, effective_date, inaugurated_on, NULL, post, echelon, known, post_from, echelon_from) AS w;
        -- Which of the two regions counts nobody said.
        home.reason := CASE WHEN home.outcome = 'inside' THEN 'region_elsewhere' ELSE home.reason END;
        home.outcome := CASE WHEN home.outcome = 'inside' THEN 'depends' ELSE home.outcome END;
        IF array_position('{depends,unjudgeable,not-covered}'::text[], home.outcome)
            < coalesce(array_position('{depends,unjudgeable,not-covered}'::text[], outcome), 9) THEN
            outcome := home.outcome;
            reason := home.reason;
            rule := home.rule;
            election := home.election;
            opens := home.opens;
            closes := home.closes;
            citation := home.citation;
            explanation := concat('menurut wilayah SIMPEG ini, bukan wilayah yang diisi: ', home.explanation);
        END IF;
    END IF;
END
$function$;
COMMENT ON FUNCTION freeze_audit.would_be(text, date, date, date, text, text, text, date, text, text) IS
'freeze-auditor: what the engine would say of an act before anyone signs it. kind: the label of the act; region: code or name, NULL for that of the site; one that is another regency''s is judged by both, and the stronger outcome counts; post, echelon: the post to be taken; post_from, echelon_from: the one left, without which it is taken to be covered; on_day: the day whose knowledge counts. Never raises. It cannot know: letters of approval, the act that it revokes, the post type and the assignment of a record, a date known to the month only (parse_date gives such a date: unjudgeable). See the README, "Before anyone signs, inside SIMPEG".
{{basis}}';

------------------------------------------------------------------------------------------------------------ privileges

REVOKE ALL ON freeze_audit.would_be_window, freeze_audit.would_be_region FROM PUBLIC;
DO $grants$
DECLARE
    made regprocedure;
BEGIN
    FOR made IN
        SELECT p.oid::regprocedure FROM pg_proc AS p
        WHERE p.pronamespace = 'freeze_audit'::regnamespace AND p.proname LIKE 'would\_be%'
    LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', made);
        IF to_regrole('freeze_auditor_form') IS NOT NULL THEN
            EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO freeze_auditor_form', made);
        END IF;
    END LOOP;
    IF to_regrole('freeze_auditor_form') IS NOT NULL THEN
        GRANT USAGE ON SCHEMA freeze_audit TO freeze_auditor_form;
        GRANT SELECT ON freeze_audit.would_be_window, freeze_audit.would_be_region TO freeze_auditor_form;
    END IF;
END
$grants$;

COMMIT;
