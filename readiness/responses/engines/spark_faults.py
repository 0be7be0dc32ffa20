"""What is wrong, in one sentence, where Spark says it in a hundred lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from readiness.faults import Fault

OURS = "[readiness] "  # begins what we let Spark itself raise


@dataclass(frozen=True)
class Known:
    """A fault that is known by words of Spark's; groups named `file` and `more` are told along with it."""

    words: re.Pattern[str]
    what: str
    mend: str


def _known(words: str, what: str, mend: str) -> Known:
    return Known(re.compile(words), what, mend)


_FILE = r"(?P<file>(?:[a-z][a-z0-9+.-]*:/|/)[^\s'\"]+?)"

# The first that is found counts: what is particular stands before what may come of it.
_KNOWN = (
    _known(
        r"UNAUTHENTICATED|StatusCode\.UNAUTHENTICATED|InvalidAccessKeyId|SignatureDoesNotMatch|ExpiredToken",
        "it does not know who is asking",
        "check the token or key by which you are known there",
    ),
    _known(
        r"AccessControlException|\(Permission denied\)|Permission denied|AccessDenied|INSUFFICIENT_PERMISSIONS"
        r"|INSUFFICIENT_PRIVILEGES|PERMISSION_DENIED|status code: 403|Status Code: 403|403 Forbidden"
        r"|AuthorizationPermissionMismatch|Operation not permitted",
        "it may not be read or written by whoever Spark runs as",
        "ask for the right to, or run Spark as somebody who has it",
    ),
    _known(
        r"UnsupportedFileSystemException|No FileSystem for scheme \"?(?P<more>[^\s\"]+)|S3AFileSystem not found"
        r"|ClassNotFoundException: Class (?P<file>\S+FileSystem\S*) not found",
        "this Spark has no library for storage of that kind{more}",
        "add it to Spark's configuration, in spark.jars.packages",
    ),
    _known(
        r"UnknownHostException:? *(?P<more>[^\s:]*)",
        "there is no machine of that name{more}",
        "check the address",
    ),
    _known(
        r"Could not parse Master URL|Master must either be yarn",
        "this is no master that Spark knows",
        "write spark://HOST:PORT, yarn, k8s://… or local[*]",
    ),
    _known(
        r"All masters are unresponsive|SparkContext stopped while initializ|SparkContext was shut down while initializ",
        "no master of a Spark cluster of this version answers there",
        "check the address, and that the cluster runs the version of Spark that is installed here",
    ),
    _known(r"PATH_NOT_FOUND", "there is no such file or folder", "check the path, as the cluster sees it"),
    _known(
        r"TABLE_OR_VIEW_NOT_FOUND|SCHEMA_NOT_FOUND|CATALOG_NOT_FOUND|NO_SUCH_CATALOG|CatalogNotFound|CANNOT_FIND_CATALOG"
        r"|CANNOT_LOAD_FUNCTION_CLASS|REQUIRES_SINGLE_PART_NAMESPACE|Catalog '[^']*' not found",
        "there is no such table, and no such file",
        "write the name of a table as catalog.schema.table, or the path of a file or folder",
    ),
    _known(
        r"PARSE_SYNTAX_ERROR|INVALID_IDENTIFIER|PARSE_EMPTY_STATEMENT",
        "this is neither a path nor the name of a table",
        "write catalog.schema.table with `…` around a part that holds other characters than letters and digits",
    ),
    _known(
        r"upb_DecodeOptions_MaxDepth|Exceeded maximum message depth",
        "the plan nests deeper than the protobuf takes that was loaded before",
        "set PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION=python before Python is started",
    ),
    _known(r"UNABLE_TO_INFER_SCHEMA", "the folder holds no files of answers", "name a folder of Parquet or CSV files"),
    _known(
        r"CANNOT_READ_FILE_FOOTER|is not a Parquet file|NO_PARQUET|expected magic number at tail|not a Parquet file",
        "{file} is no Parquet file, or was cut short",
        "write it again, or name a CSV file *.csv",
    ),
    _known(
        r"CANNOT_MERGE_SCHEMA|CANNOT_MERGE_INCOMPATIBLE_DATA_TYPE|FAILED_READ_FILE\.PARQUET_COLUMN_DATA_TYPE_MISMATCH"
        r"|PARQUET_COLUMN_DATA_TYPE_MISMATCH|PARQUET_CONVERSION_FAILURE|SchemaColumnConvertNotSupportedException",
        "the files of the folder hold the same column in different types",
        "name the files of each kind by themselves",
    ),
    _known(
        r"CONFLICTING_PARTITION_COLUMN_NAMES|CONFLICTING_DIRECTORY_STRUCTURES|Conflicting (?:partition|directory)",
        "its folders are not all parted by the same keys",
        "name the folders of each kind by themselves",
    ),
    _known(r"COLUMN_ALREADY_EXISTS", "two of its columns are called the same", "rename one of them"),
    _known(
        r"FAILED_READ_FILE\.FILE_NOT_EXIST|FileNotFoundException|FILE_NOT_EXIST",
        "a file of it went away while it was read",
        "run it again once nobody writes there",
    ),
    _known(r"FAILED_READ_FILE", "{file} could not be read, and is damaged", "write it again, or leave it out"),
    _known(
        r"ARITHMETIC_OVERFLOW|NUMERIC_VALUE_OUT_OF_RANGE|DECIMAL_PRECISION_EXCEEDS|CAST_OVERFLOW|Overflow in ",
        "a number is too large to be worked with exactly",
        "look for a figure or a weight that cannot be right",
    ),
    _known(
        r"OutOfMemoryError|Java heap space|maxResultSize|UNABLE_TO_ACQUIRE_MEMORY|exit code 52|exitCode 52"
        r"|RESOURCE_EXHAUSTED",
        "Spark ran out of memory",
        "give it more: spark.driver.memory or spark.executor.memory",
    ),
    _known(
        r"Mkdirs failed to create|Read-only file system|ParentNotDirectoryException|is not a directory",
        "no folder can be made there",
        "name another folder",
    ),
    _known(
        r"upb_DecodeOptions_MaxDepth|recursion limit|maximum recursion depth|too many levels of nesting",
        "the plan nests deeper than Spark Connect takes it",
        "set PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION=python and spark.connect.grpc.marshallerRecursionLimit=4096",
    ),
    _known(r"No space left on device", "a disk of Spark's is full", "make room, or let spark.local.dir name another"),
    _known(
        r"Master removed our application|ExecutorLostFailure|All executors|SparkContext was shut down"
        r"|cancelled because SparkContext|stopped SparkContext|Failed to connect to /",
        "the cluster lost all workers that were at it",
        "look at the cluster, and run it again",
    ),
    _known(
        r"UNAVAILABLE|RETRIES_EXCEEDED|Connection refused|Py4JNetworkError|Answer from Java side is empty"
        r"|DEADLINE_EXCEEDED|Error while (?:sending|receiving)|Connection reset|INVALID_HANDLE|NO_ACTIVE_SESSION",
        "it cannot be reached, or not any more",
        "check that it is up and can be reached from here, and run it again",
    ),
)


def told(error: BaseException, where: str, log: Path | None) -> Fault:
    """An error of Spark's as a fault. log: where Spark has said the rest, for a fault that is not known here."""
    text = _text(error)
    ours = re.search(re.escape(OURS) + r"([^\n]*?); ([^\n;]*?)\s*(?:SQLSTATE|\n|$)", text)
    if ours:
        return Fault(where, None, re.sub(r"file:/\S+", lambda file: plain(file[0]), ours[1]), ours[2].rstrip(" ."))
    for known in _KNOWN:
        found = known.words.search(text)
        if found:
            groups = {key: value for key, value in found.groupdict().items() if value}
            more = f" ({groups['more']})" if "more" in groups else ""
            file = _named_file(text) or "a file"
            return Fault(where, None, known.what.format(more=more, file=file), known.mend)
    rest = f"all that it said is in {log}" if log else "ask whoever runs it for its log"
    return Fault(where, None, f"Spark says: {_first_sentence(error, text)}", rest)


def _text(error: BaseException) -> str:
    """All that is known of an error: its words, and those of what it came of."""
    parts = [type(error).__name__, str(error)]
    for name in ("getCondition", "getStackTrace", "getMessage"):
        try:
            parts.append(str(getattr(error, name)()))
        except Exception:
            continue
    trace = getattr(error, "_stackTrace", None)
    parts.append(str(trace) if trace else "")
    cause = getattr(error, "_cause", None) or error.__cause__
    return "\n".join([*parts, _text(cause) if isinstance(cause, BaseException) else ""])


def _named_file(text: str) -> str | None:
    """The file that is spoken of."""
    found = re.search(r"(?:file|footer for file|of file|read file)[: ]+'?" + _FILE + r"(?=[\s'\",]|\.\s|$)", text)
    return plain(found["file"].rstrip(".")) if found else None


def plain(file: str) -> str:
    """A file's address as a person writes it."""
    return unquote(urlsplit(file).path) if file.startswith("file:") else file


def _first_sentence(error: BaseException, text: str) -> str:
    said = re.sub(r"^An error occurred while calling .*\n", "", str(error)) or text
    lines = (line.strip(" :") for line in said.splitlines())
    line = next((line for line in lines if line), type(error).__name__)
    line = re.sub(r"\s*SQLSTATE: \w+.*", "", line)
    line = re.sub(r"(?i)(password|token|secret|key)=[^\s;&]+", r"\1=…", line)
    return line.rstrip(" .") if len(line) <= 200 else f"{line[:200]}…"
