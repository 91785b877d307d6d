"""`askpost eval`: asks the questions of a file and tells how good the answers are.

`questions` are read from the file; `ask` puts each to the answerer and `judge` gives its verdict; `figures` counts the
verdicts, `ranks` where the right passage stood, `calibration` what the confidence is worth, and `curve` draws it.
`removal` asks again with the evidence taken out of the posts. `report` is all of it, which `compare` sets beside an
earlier one; `show` prints. `tests/eval/README.md` describes the file.
"""
