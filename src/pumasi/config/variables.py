"""Every `PUMASI_*` variable that a node or its tools read: what it sets, its value without it, and the danger in it.

The list is for people: `docs/settings.md` is written from it. `settings.py` and the tools do the reading.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Variable:
    """One environment variable, for the reference page."""

    name: str
    sets: str
    default: str
    danger: str = ""


NODE = (
    Variable(
        "PUMASI_HOME",
        "the folder of the node's own files: SQLite databases, node key, collected static files",
        "`.pumasi` in the source tree (by `./pumasi`), else in the current folder",
        "whoever reads it reads the node; back it up, and the keys apart from the rest",
    ),
    Variable(
        "PUMASI_DATABASE_URL",
        "the database `default`: `sqlite:///path` or `postgresql://user:password@host:port/name`",
        "`node.sqlite3` in `PUMASI_HOME`",
        "holds a password",
    ),
    Variable(
        "PUMASI_KEYS_DATABASE_URL",
        "the database `keys`, with the person keys alone",
        "`keys.sqlite3` in `PUMASI_HOME`",
        "on the same server and in the same backup as `default` it protects nobody",
    ),
    Variable(
        "PUMASI_NODE_KEY",
        "the file of the node key, which seals person keys and derives codes",
        "`node.key` in `PUMASI_HOME`",
        "lost, every name and phone number is lost; stolen together with `keys`, every one is readable",
    ),
    Variable(
        "PUMASI_SECRET_KEY",
        "Django's secret key: signs sessions and forms",
        "made once, kept in `secret.key` in `PUMASI_HOME`",
        "stolen, sessions can be forged; lost, everybody signs in again; workers on several machines need the same",
    ),
    Variable(
        "PUMASI_LOG_ORIGIN",
        "the origin and key name of the public record: lower-case letters, digits, `.`, `-`, `/`",
        "`seocho.example/coin`",
        "changed, a new record begins that says nothing about the old one: never after the first block",
    ),
    Variable(
        "PUMASI_LOG_DIR",
        "the folder of the public record: checkpoint, tiles, entries, policy",
        "`log` in `PUMASI_HOME`",
        "public; everything in it can be made again from the database, but for what was signed",
    ),
    Variable(
        "PUMASI_LOG_KEY",
        "the file of the key that signs checkpoints; only the sealer reads it",
        "`log.key` in `PUMASI_HOME`",
        "stolen, another history can be signed; lost, the record ends and a new origin begins",
    ),
    Variable(
        "PUMASI_LOG_GUARD",
        "the file with the newest signed head, against signing two histories",
        "`guard/head.json` in `PUMASI_HOME`",
        "keep it on another disk than the database, never restore it from a backup; without it sealing stops",
    ),
    Variable(
        "PUMASI_PROMISE_KEY",
        "the file of the key that signs promises; the web processes read it",
        "`promise.key` in `PUMASI_HOME`",
        "stolen, promises can be made that nobody keeps; web processes on several machines need the same",
    ),
    Variable(
        "PUMASI_JOURNAL_DIR",
        "where every committed transfer is written, encrypted, within seconds",
        "`journal` in `PUMASI_HOME`",
        "on the same disk as the database it saves nothing: mount another machine's folder",
    ),
    Variable(
        "PUMASI_RECOVERY_KEY",
        "the file of the public half of the recovery key, to which the journal is encrypted",
        "a pair made on first use: `recovery.pub`, `recovery.pub.secret`",
        "carry the secret half away from this machine; whoever has it reads the journal",
    ),
    Variable(
        "PUMASI_LOG_HOURLY",
        "`1` publishes at the top of an hour, so that no entry tells the minute; `0` at once",
        "`1`, in the demo `0`",
        "`0` on a real node lets anybody guess who paid when",
    ),
    Variable("PUMASI_DISTRICT_CODE", "the district's official code in entry 0 of the record", "`11650`"),
    Variable("PUMASI_HOSTS", "the host names that the node answers to, by commas", "`localhost` and names under it"),
    Variable(
        "PUMASI_DEMO",
        "`1` switches the personas and the demo clock on",
        "off",
        "anybody may sign in as anybody: never on a real node",
    ),
    Variable(
        "PUMASI_BOOTH",
        "`1` in a demo makes it the stand of a fair: guests join without a name (`./pumasi demo --booth`)",
        "off",
        "anybody gets a wallet by a press: without `PUMASI_DEMO=1` it does nothing",
    ),
    Variable(
        "PUMASI_BOOTH_HOST",
        "the address at which guests' phones reach the stand, in its QR codes",
        "`localhost`",
        "phones speak plain HTTP to it: a practice ledger only",
    ),
    Variable("PUMASI_TRAINING_URL", "where officers practise: the address of a demo that stays up", "none"),
    Variable("PUMASI_TARIFF", "the tariff: a sample's name, or the path of a file", "Seocho's sample"),
    Variable("PUMASI_GIVING", "the rules of campaigns: the path of a file", "a sample"),
    Variable("PUMASI_SETTLEMENT", "the rules of paying shops out: the path of a file", "a sample"),
    Variable("PUMASI_LIFE", "the rules of moving away, deaths, unreachable money: the path of a file", "a sample"),
    Variable("PUMASI_DISTRICT_KO", "the district's name on Korean pages", "서초구"),
    Variable("PUMASI_DISTRICT_EN", "the district's name on English pages", "Seocho-gu"),
    Variable(
        "PUMASI_DONGS", "the district's dongs, with spaces between them, as forms offer them", "those of Seocho-gu"
    ),
    Variable("PUMASI_FRONT_END", "the folder with the front-end files", "`node_modules` in the source tree"),
    Variable(
        "PUMASI_HTTPS",
        "`1` sends cookies over TLS only",
        "`1`, in the demo `0`",
        "`0` on a real node sends sessions in the clear",
    ),
)
TOOLS = (
    Variable("PUMASI_PYTHON", "the Python that `./pumasi` tries first", "the first one found that is 3.12 or newer"),
    Variable(
        "PUMASI_TEST_POSTGRES",
        "URL of a maintenance database: the tests make databases beside it",
        "a throw-away cluster",
        "the tests drop databases whose names begin with `test_`: give them a server of their own",
    ),
    Variable("PUMASI_CHROMIUM", "the browser of the tests", "the first Chromium or Chrome on `PATH`"),
    Variable("PUMASI_TIER", "the tier of a test run; set by `./pumasi test`", "`quick`"),
    Variable("PUMASI_STORE", "the store of a test run; set by `./pumasi test`", "`sqlite`"),
    Variable("PUMASI_TALLY", "where a test run writes its counts; set by `./pumasi test`", "nowhere"),
)
