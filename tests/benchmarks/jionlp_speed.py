"""JioNLP's readers of money and time over texts from stdin (a JSON list); prints seconds of processor time.

Run by reading.py with an interpreter that has jionlp; never imported by the project.
"""

import json
import sys
import time


def main() -> None:
    """Read every text twice, once for money and once for time; with --parse their values too."""
    import jionlp  # type: ignore[import-not-found]

    texts, parsing = json.load(sys.stdin), "--parse" in sys.argv
    for text in texts[:20]:  # both load their tables at the first call
        jionlp.ner.extract_money(text, with_parsing=parsing)
        jionlp.ner.extract_time(text, with_parsing=parsing)
    begin = time.process_time()
    for text in texts:
        jionlp.ner.extract_money(text, with_parsing=parsing)
        jionlp.ner.extract_time(text, with_parsing=parsing)
    print(json.dumps(time.process_time() - begin))


if __name__ == "__main__":
    main()
