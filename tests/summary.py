"""What a test run came to: meson's summary in one line, the reasons of what was skipped, and what deserves a second try."""

import json
import os
import sys

PATIENT = ("lab", "ui", "programs")  # suites that talk to other programs
FEW = 4  # more is no accident
GOOD = ("OK", "EXPECTEDFAIL")


def results_of(path):
    """Returns: {name: what meson noted}."""
    results = {}
    with open(path, encoding="utf-8") as log:
        for test in map(json.loads, log):
            results[test["name"]] = test
    return results


def is_bad(test):
    return test["result"] not in GOOD + ("SKIP",)


def worth_another_try(tests):
    """Returns: the names of the tests that failed, if they are few and all of suites that talk to other programs"""
    bad = [name for name, test in tests.items() if is_bad(test)]
    if any(tests[name]["result"] == "INTERRUPT" for name in bad):
        return []
    suites = {name: name.partition(" / ")[0].rpartition(":")[2].split("+") for name in bad}
    if len(bad) > FEW or not all(set(suites[name]) & set(PATIENT) for name in bad):
        return []
    return [name.partition(" / ")[2] for name in bad]


def reason(test):
    lines = (test.get("stdout", "") + test.get("stderr", "")).strip().splitlines() or ["no reason given"]
    said = [line.split("SKIP", 1)[1].strip() for line in lines if "SKIP" in line] or lines[-1:]
    return said[0]


def main():
    if sys.argv[1] == "--try-again":
        print("\n".join(worth_another_try(results_of(sys.argv[2]))))
        return
    tests = results_of(sys.argv[1])
    if os.path.exists(sys.argv[2]):
        for name, test in results_of(sys.argv[2]).items():
            print("second try:", name, "–", test["result"])
            tests[name] = test
    for name, test in tests.items():
        if test["result"] == "SKIP":
            print("skipped:", name, "–", reason(test))
    results = [test["result"] for test in tests.values()]
    skipped, bad = results.count("SKIP"), sum(map(is_bad, tests.values()))
    print(f"{len(results) - skipped - bad} passed, {bad} failed, {skipped} skipped")


main()
