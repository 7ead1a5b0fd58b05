"""The script a user would write instead: psycopg 3, binary, server-side cursor, dateutil. Prints the ids found."""
import sys
from datetime import date

import psycopg
from dateutil.relativedelta import relativedelta

determination = date(2024, 9, 22)
opens = determination - relativedelta(months=6)
found = []
with psycopg.connect("") as connection:
    with connection.cursor(name="acts", binary=True) as cursor:
        cursor.itersize = 20000
        cursor.execute(sys.argv[1])
        for action, kind, decree, effective, inaugurated in cursor:
            if any(day is not None and opens <= day <= determination for day in (decree, effective, inaugurated)):
                found.append(action)
print(len(found), hash(tuple(sorted(found))) and sorted(found)[0] if found else "-")
