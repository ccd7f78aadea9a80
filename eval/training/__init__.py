"""A trial: a model of which sentence answers, trained on public questions. Not installed."""
