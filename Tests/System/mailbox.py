#!/usr/bin/env python3
"""mailbox.py MAILDIR: the mails in it as one JSON array: headers decoded, parts, rows of the workbook. By Python's own parser."""
import email, email.policy, io, json, os, re, sys, zipfile
import xml.etree.ElementTree as tree

NAMES = {"Nomor": "seq", "Peristiwa": "event", "Hasil": "outcome", "ID catatan": "action_id"}
WORDS = {"Peringatan baru": "raised"}


def rows(content):
    """The rows of a workbook's first sheet, by the names of its columns."""
    main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    sheet = tree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml"))
    table = []
    for row in sheet.iter(main + "row"):
        assert row.find(".//" + main + "f") is None
        table.append({re.match("[A-Z]+", cell.get("r"))[0]: "".join(cell.itertext()) for cell in row})
    head = table[0]
    return [{NAMES.get(name, name): WORDS.get(row.get(column, ""), row.get(column, "")) for column, name in head.items()}
            for row in table[1:]]


mails = []
for folder in ("new", "cur"):
    path = os.path.join(sys.argv[1], folder)
    for name in sorted(os.listdir(path)) if os.path.isdir(path) else []:
        with open(os.path.join(path, name), "rb") as file:
            raw = file.read()
        message = email.message_from_bytes(raw, policy=email.policy.default)
        mail = {"file": name, "headers": {}, "defects": [], "text": "", "html": "", "rows": []}
        for key, value in message.items():
            mail["headers"].setdefault(key, []).append(str(value))
        head = raw.split(b"\n\n")[0].split(b"\r\n\r\n")[0]
        mail["ascii_head"] = all(byte < 127 for byte in head)
        for part in message.walk():
            mail["defects"] += [str(defect) for defect in part.defects]
            kind = part.get_content_type()
            if kind == "text/plain":
                mail["text"] = part.get_content()
            elif kind == "text/html":
                mail["html"] = part.get_content()
            elif kind.endswith(".sheet"):
                mail["rows"] = rows(part.get_payload(decode=True))
        mails.append(mail)
json.dump(mails, sys.stdout)
