"""Print the API keys of the key-decoder recordings: one {"name", "key"} object per line.

The first ones are written out by hand, each for a way in which keys go wrong in practice;
the rest comes from a seeded generator, so that each run prints the same list. The keys and
everything inside them are made up.

Usage: python3 test/recordings/make_keys.py
"""

from __future__ import annotations

import base64
import json
import random

TOTAL = 600
SEED = 20260822


def b64(text: str | bytes) -> str:
    return base64.b64encode(text.encode("utf-8") if isinstance(text, str) else text).decode("ascii")


def wrap(key: str, width: int, end: str = "\n") -> str:
    return end.join(key[i : i + width] for i in range(0, len(key), width))


HEAD = "union.example.com:abc123:"
STD = b64(HEAD + "secret456:")


def written_out() -> list[tuple[str, str]]:
    json_form = '{"client_id":"abc123","client_secret":"secret456","url":"https://union.example.com"}'
    return [
        ("v01 standard key", STD),
        ("v02 org acme", b64(HEAD + "secret456:acme")),
        ("v03 org is the word None", b64(HEAD + "secret456:None")),
        ("v04 last colon missing", b64(HEAD + "secret456")),
        ("v05 domain with https://", b64("https://" + HEAD + "secret456:")),
        ("v06 domain with dns:///", b64("dns:///" + HEAD + "secret456:")),
        ("v07 domain with a port", b64("union.example.com:8443:abc123:secret456:")),
        ("v08 colon in the secret", b64(HEAD + "sec:ret456:")),
        ("v09 colon in the client id", b64("union.example.com:api:abc123:secret456:")),
        ("v10 colon in the org", b64(HEAD + "secret456:acme:eu")),
        ("v11 newline after the key", STD + "\n"),
        ("v12 spaces around the key", f"  {STD}  "),
        ("v13 CRLF after the key", STD + "\r\n"),
        ("v14 long key wrapped at 76", wrap(b64(HEAD + "secret456" * 8 + ":"), 76)),
        ("v15 newline inside the text", b64(HEAD + "secret456:\n")),
        ("v16 CRLF inside the text", b64(HEAD + "secret456:\r\n")),
        ("v17 padding stripped", b64(HEAD + "secret45:").rstrip("=")),
        ("v18 URL-safe alphabet", base64.urlsafe_b64encode((HEAD + "s?>~\u00ff\u00besecret:").encode()).decode()),
        ("v19 non-ASCII secret in UTF-8", b64(HEAD + "p\u00e4ssw\u00f6rd:")),
        ("v20 non-ASCII secret in Latin-1", b64((HEAD + "p\u00e4ssw\u00f6rd:").encode("latin-1"))),
        ("v21 empty string", ""),
        ("v22 plain text", HEAD + "secret456:"),
        ("v23 double quotes around the key", f'"{STD}"'),
        ("v23b single quotes around the key", f"'{STD}'"),
        ("v24 a whole export command", f'export FLYTE_API_KEY="{STD}"'),
        ("v25 base64 applied twice", b64(STD)),
        ("v26 empty client id", b64("union.example.com::secret456:")),
        ("v27 empty secret", b64(HEAD + ":")),
        ("v28 empty domain", b64(":abc123:secret456:")),
        ("v29 spaces around the fields", b64(" union.example.com : abc123 : secret456 : ")),
        ("v30 slash after the domain", b64("union.example.com/:abc123:secret456:")),
        ("v31 BOM in the text", b64("\ufeff" + HEAD + "secret456:")),
        ("v32 NUL in the secret", b64(HEAD + "se\0cret:")),
        ("v33 IPv6 domain", b64("[::1]:abc123:secret456:")),
        ("v34 one character too many", b64("union.example.com:abc:secret4444:") + "A"),
        ("v35 last four characters cut", STD[:-4]),
        ("v36 %3D in place of =", STD.replace("=", "%3D")),
        ("v37 masked value", "***"),
        ("v38 zero-width space inside", STD[:20] + "\u200b" + STD[20:]),
        ("v38b e acute first", "\u00e9" + STD),
        ("v39 Bearer before the key", "Bearer " + STD),
        ("v40 two padded pieces", "YTpiOmM=Og=="),
        ("v41 base64 of a JSON object", b64(json_form)),
        ("one equals sign", "="),
        ("four equals signs", "===="),
        ("one character", "Y"),
        ("two characters", "YT"),
        ("two characters, one equals sign", "YT="),
        ("two characters, two equals signs", "YQ=="),
        ("three characters", "YTp"),
        ("equals signs first", "==" + STD),
        ("only colons", b64(":::")),
        ("two colons", b64("::")),
        ("four colons", b64("::::")),
        ("only whitespace", " \t\r\n"),
        ("only non-ASCII", "\u00e9\u00df\U0001f511"),
        ("NUL after the key", STD + "\0"),
        ("NUL first", "\0" + STD),
        ("BOM before the key", "\ufeff" + STD),
        ("newline before the key", "\n" + STD),
        ("newline before the padding", STD[:-1] + "\n="),
        ("space before the padding", STD[:-1] + " ="),
        ("newline between two equals signs", STD_TWO[:-1] + "\n="),
        ("CR alone inside", STD[:10] + "\r" + STD[10:]),
        ("newline after each character", wrap(STD, 1)),
        ("wrapped at 64 with CRLF", wrap(b64(HEAD + "secret456" * 8 + ":"), 64, "\r\n")),
        ("text after the padding", STD + "AAAA"),
        ("padding, newline, text", STD + "\nAAAA"),
        ("one equals sign too many", STD + "="),
        ("one of two equals signs missing", STD_TWO[:-1]),
        ("three equals signs", STD_TWO + "="),
        ("four equals signs too many", STD + "===="),
        ("padding after a full last group", b64(HEAD + "secret456:a") + "="),
        ("whole padding group after a full group", b64(HEAD + "secret456:a") + "===="),
        ("equals sign inside a group", STD[:5] + "=" + STD[5:]),
        ("equals sign in the second place of a group", STD[:4] + "Y=" + STD[4:]),
        ("last bits not zero, one equals sign", STD[:-2] + chr(ord(STD[-2]) + 1) + "="),
        ("last bits not zero, two equals signs", STD_TWO[:-3] + chr(ord(STD_TWO[-3]) + 1) + "=="),
        ("hyphen and underscore appended", STD + "-_"),
        ("fullwidth equals sign", STD[:-1] + "\uff1d"),
        ("fullwidth letter", "\uff44" + STD[1:]),
        ("no-break space after the key", STD + "\u00a0"),
        ("line separator after the key", STD + "\u2028"),
        ("form feed and vertical tab", STD[:8] + "\f\v" + STD[8:]),
        ("dollar sign expansion left over", "${{ secrets.FLYTE_API_KEY }}"),
        ("name=value", "FLYTE_API_KEY=" + STD),
        ("all letters small", STD.lower()),
        ("UTF-16 text", b64((HEAD + "secret456:").encode("utf-16"))),
        ("overlong UTF-8", b64(HEAD.encode() + b"\xc0\xaf:")),
        ("UTF-8 of a surrogate", b64(HEAD.encode() + b"\xed\xa0\x80:")),
        ("UTF-8 beyond U+10FFFF", b64(HEAD.encode() + b"\xf4\x90\x80\x80:")),
        ("UTF-8 cut inside a character", b64((HEAD + "x:\u79d8").encode()[:-1])),
        ("UTF-8 lone continuation byte", b64(HEAD.encode() + b"\x80:")),
        ("noncharacter U+FFFF", b64(HEAD + "\uffff:")),
        ("emoji in the secret", b64(HEAD + "\U0001f511:")),
        ("org none in small letters", b64(HEAD + "secret456:none")),
        ("serverless domain with an org", b64("serverless-1.us-east-2.s.union.ai:abc123:secret456:acme")),
        ("serverless domain, org None", b64("serverless-1.us-east-2.s.union.ai:abc123:secret456:None")),
        ("serverless domain, no org", b64("serverless-1.us-east-2.s.union.ai:abc123:secret456:")),
        ("very long secret", b64(HEAD + "x" * 5000 + ":")),
    ]


STD_TWO = b64(HEAD + "secret45:abc")
assert STD.endswith("=") and not STD.endswith("==") and STD_TWO.endswith("==")

ALNUM = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
MARKS = "+/=%~&!'()* \"\\<>#?@$,;[]{}|^`-_."
WIDE = "\u00e9\u00df\u00e4\u00f1\u0416\u05d0\u0e01\u79d8\u5bc6\ud55c\U0001f511\U0001f600\u0301\u200d\ufeff"
BLANKS = ["\n", "\r", "\r\n", " ", "\t", "\v", "\f", "\u00a0", "\u2028", "\u200b", "\u3000", "\u0085"]


class Generator:
    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)

    def word(self, alphabet: str, low: int, high: int) -> str:
        return "".join(self.rng.choice(alphabet) for _ in range(self.rng.randint(low, high)))

    def domain(self) -> str:
        small = ALNUM[:26] + ALNUM[52:]
        labels = [self.word(small, 1, 10) for _ in range(self.rng.randint(1, 3))]
        return ".".join([*labels, self.rng.choice(["example.com", "example.org", "test"])])

    def fields(self) -> list[str]:
        """Four fields of which each decoder can make sense (no colon)."""
        secret = self.rng.choice([ALNUM, ALNUM, ALNUM + MARKS, ALNUM + MARKS, ALNUM + WIDE, MARKS + WIDE])
        org = self.rng.choice(["", "", "None", self.word(ALNUM, 1, 8), self.word(WIDE, 1, 3)])
        client_id = self.word(ALNUM + "-_.", 1, 20) if self.rng.random() < 0.8 else self.word(ALNUM + MARKS + WIDE, 1, 12)
        return [self.domain(), client_id, self.word(secret, 1, 50), org]

    def text(self) -> str:
        return ":".join(self.fields())

    def key(self) -> str:
        return b64(self.text())

    def padded_key(self, equals: int) -> str:
        while True:
            key = self.key()
            if len(key) - len(key.rstrip("=")) == equals:
                return key

    def put(self, key: str, piece: str) -> str:
        at = self.rng.randint(0, len(key))
        return key[:at] + piece + key[at:]

    # Each way to make a key is a method whose name starts with make_.

    def make_good(self) -> str:
        return self.key()

    def make_good_again(self) -> str:
        return self.key()

    def make_cut_at_the_end(self) -> str:
        key = self.key()
        return key[: -self.rng.randint(1, 9)]

    def make_cut_at_the_start(self) -> str:
        return self.key()[self.rng.randint(1, 9) :]

    def make_one_character_lost(self) -> str:
        key = self.key()
        at = self.rng.randrange(len(key))
        return key[:at] + key[at + 1 :]

    def make_one_character_changed(self) -> str:
        key = self.key().rstrip("=")
        at = self.rng.randrange(len(key))
        changed = key[:at] + self.rng.choice(ALNUM + "+/-_=") + key[at + 1 :]
        return changed + "=" * (-len(key) % 4)

    def make_blanks_inside(self) -> str:
        key = self.key()
        for _ in range(self.rng.randint(1, 4)):
            key = self.put(key, self.rng.choice(BLANKS))
        return key

    def make_line_ends_inside(self) -> str:
        key = self.key()
        for _ in range(self.rng.randint(1, 6)):
            key = self.put(key, self.rng.choice(["\n", "\r", "\r\n"]))
        return key

    def make_url_safe(self) -> str:
        key = b64(":".join([self.domain(), "abc123", "?>~" + self.word("?>~\u00ff\u00be" + ALNUM, 6, 20), ""]))
        return key.replace("+", "-").replace("/", "_")

    def make_url_safe_without_padding(self) -> str:
        return self.make_url_safe().rstrip("=")

    def make_padding_stripped(self) -> str:
        return self.padded_key(self.rng.choice([1, 2])).rstrip("=")

    def make_padding_changed(self) -> str:
        return self.key().rstrip("=") + "=" * self.rng.randint(0, 6)

    def make_padding_broken_up(self) -> str:
        return self.padded_key(2)[:-2] + "=" + self.rng.choice([*BLANKS, "A", "-", "\u00e9", "%"]) + "="

    def make_padding_in_the_middle(self) -> str:
        key = self.key()
        at = self.rng.randrange(len(key))
        return key[:at] + "=" * self.rng.randint(1, 3) + key[at:]

    def make_text_after_padding(self) -> str:
        return self.padded_key(self.rng.choice([1, 2])) + self.rng.choice([self.word(ALNUM, 1, 9), self.key(), "=", "\nA"])

    def make_two_keys(self) -> str:
        return self.key() + self.rng.choice(["", "\n", ",", " "]) + self.key()

    def make_trailing_bits(self) -> str:
        equals = self.rng.choice([1, 2])
        key = self.padded_key(equals)
        alphabet = ALNUM[26:52] + ALNUM[:26] + ALNUM[52:] + "+/"
        last = alphabet.index(key[-equals - 1])
        return key[: -equals - 1] + alphabet[last + self.rng.randint(1, 3 if equals == 1 else 15)] + "=" * equals

    def make_extra_colons(self) -> str:
        text = self.text()
        for _ in range(self.rng.randint(1, 3)):
            text = self.put(text, ":")
        return b64(text)

    def make_colons_missing(self) -> str:
        return b64(self.text().replace(":", "", self.rng.randint(1, 3)))

    def make_fields_empty(self) -> str:
        fields = self.fields()
        for at in self.rng.sample(range(4), self.rng.randint(1, 4)):
            fields[at] = ""
        return b64(":".join(fields))

    def make_scheme_or_port(self) -> str:
        domain, *rest = self.fields()
        form = self.rng.choice(["https://{}", "http://{}", "dns:///{}", "{}:443", "{}/", "{}/console", "//{}", "[::1]"])
        return b64(":".join([form.format(domain), *rest]))

    def make_blanks_in_the_text(self) -> str:
        return b64(self.put(self.text(), self.rng.choice(BLANKS)) + self.rng.choice(["", "\n", "\r\n", " "]))

    def make_non_ascii_in_the_key(self) -> str:
        return self.put(self.key(), self.rng.choice(WIDE))

    def make_wrong_encoding(self) -> str:
        text = ":".join([self.domain(), "abc123", "p" + self.word("\u00e4\u00f6\u00fc\u00df\u00e9" + ALNUM, 4, 12), "\u00e9"])
        return b64(text.encode(self.rng.choice(["latin-1", "utf-16", "utf-16-le", "utf-8-sig"])))

    def make_bytes_not_utf8(self) -> str:
        data = bytearray(self.text().encode("utf-8"))
        at = self.rng.randint(0, len(data))
        bad = [b"\x80", b"\xff", b"\xc0\x80", b"\xe2\x82", b"\xed\xb0\x80", b"\xf5\x80\x80\x80", b"\xf0\x80\x80\x80"]
        data[at:at] = self.rng.choice(bad)
        return b64(bytes(data))

    def make_bom_or_nul(self) -> str:
        piece = self.rng.choice(["\ufeff", "\0"])
        if self.rng.random() < 0.5:
            return self.rng.choice([piece + self.key(), self.put(self.key(), piece), self.key() + piece])
        return b64(self.rng.choice([piece + self.text(), self.put(self.text(), piece)]))

    def make_quoted_or_prefixed(self) -> str:
        form = self.rng.choice(
            ['"{}"', "'{}'", "`{}`", "<{}>", "Bearer {}", "Basic {}", "FLYTE_API_KEY={}", "key: {}", "{};", "{},", "{}\\n"]
        )
        return form.format(self.key())

    def make_encoded_again(self) -> str:
        key = self.key()
        return self.rng.choice([b64(key), b64(key + "\n"), key.replace("=", "%3D").replace("+", "%2B").replace("/", "%2F")])

    def make_case_changed(self) -> str:
        key = self.key()
        return self.rng.choice([key.lower(), key.upper(), key.swapcase()])

    def make_noise(self) -> str:
        return self.word(ALNUM + "+/=-_ \n" + WIDE[:4], 0, 60)

    def make_noise_of_base64(self) -> str:
        return b64(self.rng.randbytes(self.rng.randint(0, 40)))


def main() -> None:
    cases = written_out()
    generator = Generator(SEED)
    makers = sorted(name for name in dir(generator) if name.startswith("make_"))
    number = 0
    while len(cases) < TOTAL:
        maker = makers[number % len(makers)]
        number += 1
        cases.append((f"g{number:03d} {maker[5:].replace('_', ' ')}", getattr(generator, maker)()))
    assert len({name for name, _ in cases}) == len(cases)
    for name, key in cases:
        print(json.dumps({"name": name, "key": key}))


if __name__ == "__main__":
    main()
