"""Runs the tests of this folder, and tells of each as the other checks of consumers are told of."""
import sys
import time
import unittest


class Result(unittest.TextTestResult):
    def startTest(self, test) -> None:
        super().startTest(test)
        self.started, self.unsuccessful = time.monotonic(), False

    def addFailure(self, test, error) -> None:
        super().addFailure(test, error)
        self.unsuccessful = True

    def addError(self, test, error) -> None:
        super().addError(test, error)
        self.unsuccessful = True

    def addSubTest(self, test, subtest, error) -> None:
        super().addSubTest(test, subtest, error)
        self.unsuccessful = self.unsuccessful or error is not None

    def stopTest(self, test) -> None:
        super().stopTest(test)
        name = test.id().split(".")[-1].removeprefix("test_").replace("_", " ")
        print(f"  {'FAILED' if self.unsuccessful else 'passed'}  bad input: {name} ({time.monotonic() - self.started:.0f} s)", flush=True)


result = unittest.TextTestRunner(stream=sys.stdout, verbosity=0, resultclass=Result).run(unittest.defaultTestLoader.discover("."))
sys.exit(0 if result.testsRun > 0 and result.wasSuccessful() else 1)
