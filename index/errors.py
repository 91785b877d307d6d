"""The failures that a caller tells apart. Each message says what was wrong, where, and what to do."""


class AskpostError(Exception):
    """Something the owner can mend; its message is one line, ready to show."""


class ContentError(AskpostError):
    """The content folder is missing, unreadable or holds no post."""


class PostError(AskpostError):
    """One post cannot be read: not UTF-8, or its front matter does not parse."""


class IndexMissingError(AskpostError):
    """There is no index in the folder."""


class IndexDamagedError(AskpostError):
    """The index is of another format version, or a file of it has changed."""


class ModelError(AskpostError):
    """The model is not installed, is not the one expected, or its export differs from it."""


class IndexBusyError(AskpostError):
    """Another build is writing to the same index folder."""


class StorageError(AskpostError):
    """The disk is full, or the index folder may not be written to."""
