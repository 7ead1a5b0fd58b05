-- Microseconds a call: the function, and what PostgreSQL needs to call anything of its kind. Time and, beside it, how many acts.
\pset footer off
SET max_parallel_workers_per_gather = 0;
SET jit = off;
SET client_min_messages = warning;
SELECT setseed(0.42) \g /dev/null
CREATE TEMP TABLE act AS
SELECT
    (ARRAY['mutasi', 'promosi', 'Demosi', 'MJ', 'rotasi/mutasi', 'pensiun', 'kenaikan pangkat', 'pemberhentian',
        'PENGANGKATAN DALAM JABATAN'])[1 + floor(random() * 9)::int] AS kind,
    date '2015-06-01' + floor(random() * 5600)::int AS decree_date,
    CASE WHEN random() < 0.5 THEN date '2015-06-01' + floor(random() * 5600)::int END AS effective_date,
    CASE WHEN random() < 0.7 THEN date '2015-06-01' + floor(random() * 5600)::int END AS inaugurated_on,
    (ARRAY['16.05', '36.04', '62.05', '19.71', '33.74', '73.71', '11', '31.71', 'Kab. Serang', NULL])[1 + floor(random() * 10)::int] AS region,
    (ARRAY['Camat Indralaya', 'Kepala Dinas Pendidikan', 'Guru Ahli Muda SMPN 3', 'Kepala SDN 12', 'Kepala Seksi Umum dan Kepegawaian',
        'Plt. Sekretaris Daerah', NULL, 'Pengelola Barang', 'Kepala Puskesmas Tanjung Raja'])[1 + floor(random() * 9)::int] AS post,
    (ARRAY['II.b', 'III.a', 'IV.a', 'Non Eselon', NULL, 'JPT Pratama'])[1 + floor(random() * 6)::int] AS echelon,
    CASE WHEN random() < 0.7 THEN CURRENT_DATE ELSE date '2016-01-01' + floor(random() * 3900)::int END AS on_day
FROM generate_series(1, :calls);
CREATE FUNCTION pg_temp.constant(kind text, a date, b date, c date, region text, post text, echelon text, on_day date, OUT outcome text)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$ BEGIN outcome := 'outside'; END $$;
CREATE FUNCTION pg_temp.bare(kind text, a date, b date, c date, region text, post text, echelon text, on_day date, OUT outcome text)
LANGUAGE sql STABLE AS $$ SELECT 'outside'::text $$;
CREATE TEMP TABLE measured (what text, us_a_call numeric);
DO $measure$
DECLARE
    begun timestamptz;
    round integer;
    told  bigint;
    calls bigint := (SELECT count(*) FROM act);
    spent jsonb := '{}';
    name  text;
BEGIN
    -- Three rounds, the best of each: another program on the machine must not be taken for ours.
    FOR round IN 1..3 LOOP
        FOREACH name IN ARRAY ARRAY['pg_temp.bare', 'pg_temp.constant', 'freeze_audit.would_be'] LOOP
            begun := clock_timestamp();
            EXECUTE format('SELECT count((%s(kind, decree_date, effective_date, inaugurated_on, region, post, echelon, on_day))) FROM act', name) INTO told;
            spent := spent || jsonb_build_object(name, least(
                (spent ->> name)::float8, extract(epoch FROM clock_timestamp() - begun) * 1e6 / calls));
        END LOOP;
    END LOOP;
    INSERT INTO measured SELECT m.key, round(m.value::numeric, 2) FROM jsonb_each_text(spent) AS m;
END
$measure$;
SELECT * FROM measured ORDER BY us_a_call;
SELECT w.outcome, count(*) AS acts FROM act AS a
CROSS JOIN LATERAL freeze_audit.would_be(a.kind, a.decree_date, a.effective_date, a.inaugurated_on, a.region, a.post, a.echelon, a.on_day) AS w
GROUP BY 1 ORDER BY 2 DESC;
