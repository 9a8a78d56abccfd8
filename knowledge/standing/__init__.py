"""Where targets, tasks, projects and actions stand: from cards and reports to values, shares and lights.

`compute.standing_of` and `subject.standing_of_subject` make a Standing; `overview` answers questions over many;
`as_json` writes the contract's `standings`. The sentences are in handlers/texts/standing.py.
"""
