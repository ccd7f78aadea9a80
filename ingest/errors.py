"""The errors that a user can act on.

::

    PinciteError                 one sentence: what, where, what to do; the command exits with 1
    ├── BadInput                 a path, an option or a question that cannot be used
    │   └── UnknownDocument      no document of this name in the index
    ├── RejectedFile             one file cannot be read; ingestion goes on with the others
    ├── IndexProblem
    │   ├── NoIndex              the folder contains no index yet
    │   ├── ForeignIndex         built with other settings, by another version or another program
    │   ├── BrokenIndex          damaged beyond repair
    │   └── IndexBusy            another process is writing
    └── ModelProblem
        ├── UnknownModel         there is no model of this name
        ├── ModelUnavailable     its package, file or server is missing
        └── ChangedWeights       the checksum of its weights is not the pinned one

Anything else that reaches the user is a bug.
"""


class PinciteError(Exception):
    """Base of the tree; its text is shown to the user unchanged."""


class BadInput(PinciteError):
    """A path, an option or a question that cannot be used."""


class UnknownDocument(BadInput):
    """No document of this name in the index."""


class RejectedFile(PinciteError):
    """One file cannot be read; the text is the reason, without the file's name."""


class IndexProblem(PinciteError):
    """The index folder cannot be used as asked."""


class NoIndex(IndexProblem):
    """The folder contains no index yet."""


class ForeignIndex(IndexProblem):
    """The index was built with other settings, by another version or another program."""


class BrokenIndex(IndexProblem):
    """The index is damaged beyond repair."""


class IndexBusy(IndexProblem):
    """Another process is writing to the index."""


class ModelProblem(PinciteError):
    """A model cannot be used as asked."""


class UnknownModel(ModelProblem):
    """There is no model of this name."""


class ModelUnavailable(ModelProblem):
    """The package, file or server of a model is missing."""


class ChangedWeights(ModelProblem):
    """Model weights whose checksum is not the pinned one."""
