"""Every error that Pincite raises for a reason the user can act on.

::

    PinciteError                 one sentence: what, where, what to do; the command exits with 1
    ├── BadInput                 a path, an option or a question that cannot be used
    │   └── UnknownDocument      no document of that name in the index
    ├── RejectedFile             one file cannot be read; ingestion goes on with the others
    ├── IndexProblem
    │   ├── NoIndex              the folder holds no index yet
    │   ├── ForeignIndex         made with other settings, by another version or by another program
    │   ├── BrokenIndex          damaged, and not repairable from what is left
    │   └── IndexBusy            another process is writing
    └── ModelProblem
        ├── UnknownModel         the name of a model has no meaning here
        ├── ModelUnavailable     its package, its file or its server is not there
        └── ChangedWeights       the weights are not the ones that were pinned

Anything else that reaches the user is a bug.
"""


class PinciteError(Exception):
    """Base of the tree; its text is shown to the user as it stands."""


class BadInput(PinciteError):
    """A path, an option or a question that cannot be used."""


class UnknownDocument(BadInput):
    """No document of that name in the index."""


class RejectedFile(PinciteError):
    """One file cannot be read; the text is the reason, without the file's name."""


class IndexProblem(PinciteError):
    """The index folder cannot be used as asked."""


class NoIndex(IndexProblem):
    """The folder holds no index yet."""


class ForeignIndex(IndexProblem):
    """The index was made with other settings, by another version or by another program."""


class BrokenIndex(IndexProblem):
    """The index is damaged and cannot be repaired from what is left of it."""


class IndexBusy(IndexProblem):
    """Another process is writing to the index."""


class ModelProblem(PinciteError):
    """A model cannot be used as asked."""


class UnknownModel(ModelProblem):
    """The name of a model has no meaning here."""


class ModelUnavailable(ModelProblem):
    """The package, file or server of a model is not there."""


class ChangedWeights(ModelProblem):
    """Model weights whose checksum is not the pinned one."""
