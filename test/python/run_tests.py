"""Runs the tests of this folder, and ends with a line such as '12 passed, 0 failed'."""
import sys
import unittest

result = unittest.TextTestRunner(verbosity=2).run(unittest.defaultTestLoader.discover("."))
failed = len({getattr(test, "test_case", test) for test, _ in result.failures + result.errors} | set(result.unexpectedSuccesses))
print(f"{result.testsRun - failed} passed, {failed} failed")
sys.exit(0 if result.testsRun > 0 and failed == 0 else 1)
