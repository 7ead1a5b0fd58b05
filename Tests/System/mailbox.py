#!/usr/bin/env python3
"""mailbox.py MAILDIR: the mails in it as one JSON array: headers decoded, parts, CSV rows. By Python's own parser."""
import csv, email, email.policy, io, json, os, sys

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
            elif kind == "text/csv":
                text = part.get_payload(decode=True).decode("utf-8-sig")
                mail["rows"] = list(csv.DictReader(io.StringIO(text, newline="")))
        mails.append(mail)
json.dump(mails, sys.stdout)
